const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

export interface Size {
  value: number
  unit: string
}

/** A size of a disk or a file system: thousands, as disks are sold and `df -H` counts. */
export function diskSize(bytes: number): Size {
  return scaled(bytes, 1000)
}

/** A size of memory: by 1024, as memory is made. */
export function memorySize(bytes: number): Size {
  return scaled(bytes, 1024)
}

function scaled(bytes: number, step: number): Size {
  let value = bytes
  let rank = 0
  while (value >= step && rank < units.length - 1) {
    value /= step
    rank += 1
  }
  return {
    value: rank === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10,
    unit: units[rank] ?? 'B',
  }
}
