import type { Machine } from './host-facts'

export interface MachineTold {
  meminfo: string
  /** /proc/pressure/memory, or empty. */
  pressure: string
  /** /sys/devices/system/cpu/online ("0-3,5") or /proc/cpuinfo, or empty. */
  cores: string
  /** `uname -m`, or empty. */
  architecture: string
  /** `getconf LONG_BIT`, or empty. */
  bits: string
  othersRssBytes: number | null
}

/** The machine that a server has to live on. */
export function parseMachine(told: MachineTold): Machine {
  const of = (name: string) => {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(told.meminfo)?.[1]
    return kib === undefined ? null : Number(kib) * 1024
  }
  const free = of('MemFree')
  return {
    totalBytes: of('MemTotal'),
    // Kernels before 3.14 do not tell what is available; free and what the caches give back comes near.
    availableBytes: of('MemAvailable') ?? (free === null ? null : free + (of('Buffers') ?? 0) + (of('Cached') ?? 0)),
    swapTotalBytes: of('SwapTotal'),
    swapFreeBytes: of('SwapFree'),
    memoryPressure: pressureOf(told.pressure),
    cores: coresOf(told.cores),
    architecture: told.architecture.trim() || null,
    bits: bitsOf(told.bits, told.architecture),
    othersRssBytes: told.othersRssBytes,
  }
}

/** Kernel documentation, accounting/psi. */
function pressureOf(text: string): Machine['memoryPressure'] {
  const some = /^some avg10=([\d.]+) avg60=[\d.]+ avg300=([\d.]+) /m.exec(text)
  const full = /^full avg10=[\d.]+ avg60=[\d.]+ avg300=([\d.]+) /m.exec(text)
  return some && full && { some10: Number(some[1]), some300: Number(some[2]), full300: Number(full[1]) }
}

function coresOf(text: string): number | null {
  const line = text.trim()
  if (/^[\d,-]+$/.test(line)) {
    return line.split(',').reduce((sum, range) => {
      const [from = 0, to = from] = range.split('-').map(Number)
      return sum + to - from + 1
    }, 0)
  }
  return text.match(/^processor\s*:/gm)?.length ?? null
}

/** The userland's word size; a 64-bit kernel may run a 32-bit one, so the machine's name only tells where that is missing. */
function bitsOf(text: string, architecture: string): Machine['bits'] {
  const said = text.trim()
  if (said === '32' || said === '64') return said === '32' ? 32 : 64
  const name = architecture.trim()
  if (name === '') return null
  return /64|s390x/.test(name) ? 64 : 32
}
