const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** "3.4 GiB": at most three digits, in binary units. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit > 0 && value < 10 ? 1 : 0
  return `${value.toFixed(digits)} ${units[unit]}`
}
