/** GB are 10^9 bytes, as Bacula's console counts; GiB are 2^30, as `Maximum Volume Bytes = 4g` means. */
export type ByteSystem = 'decimal' | 'binary'

/** A number as it is shown, apart from its unit, which the screen sets paler. */
export interface Figure {
  value: string
  unit: string
}

const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const
const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const
export type ByteUnit = (typeof decimalUnits)[number] | (typeof binaryUnits)[number]

// Kept, as making one takes forty times as long as using it.
const wholes = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const thousandths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

/** Bytes in the unit that fits, three digits at most: 313 GB, 4.29 GB, 97 B. Zero only for zero; a loss keeps its sign. */
export function byteFigure(bytes: number, system: ByteSystem = 'decimal'): Figure {
  const { units, step } = systemOf(system)
  let rank = 0
  // By what is shown, not by what is: 999.6 MB would read "1000 MB", and 1023 KiB has four digits.
  while (rank < units.length - 1 && Number((Math.abs(bytes) / step ** rank).toPrecision(3)) >= 1000) rank += 1
  return { value: threeDigits(bytes / step ** rank), unit: units[rank] ?? 'B' }
}

/**
 * Bytes in one unit for a whole column, so that its figures compare: whole numbers from 10 on, with thousands. What would
 * be rounded to zero there takes the unit that fits it instead.
 */
export function byteFigureIn(bytes: number, unit: ByteUnit): Figure {
  const value = bytes / bytesPer(unit)
  if (bytes !== 0 && Math.abs(value) < 0.095) return byteFigure(bytes, unit.includes('i') ? 'binary' : 'decimal')
  const digits = Math.abs(value) < 9.95 ? 1 : 0
  return { value: (digits === 0 ? wholes : tenths).format(value), unit }
}

/** "313 GB"; "unknown" for null, which is never a zero. */
export function bytesText(bytes: number | null, system: ByteSystem = 'decimal'): string {
  if (bytes === null) return 'unknown'
  const { value, unit } = byteFigure(bytes, system)
  return `${value} ${unit}`
}

/** Both ways of counting and the bytes themselves, for where somebody looks closer: "4.29 GB, 4 GiB (4,294,967,296 bytes)". */
export function exactBytesText(bytes: number | null): string {
  if (bytes === null) return 'unknown'
  const whole = `${wholes.format(bytes)} bytes`
  return Math.abs(bytes) < 1000 ? whole : `${bytesText(bytes)}, ${bytesText(bytes, 'binary')} (${whole})`
}

function systemOf(system: ByteSystem): { units: readonly string[]; step: number } {
  return system === 'decimal' ? { units: decimalUnits, step: 1000 } : { units: binaryUnits, step: 1024 }
}

function bytesPer(unit: ByteUnit): number {
  const [decimal, binary]: (readonly string[])[] = [decimalUnits, binaryUnits]
  const rank = decimal?.indexOf(unit) ?? 0
  return rank >= 0 ? 1000 ** rank : 1024 ** (binary?.indexOf(unit) ?? 0)
}

function threeDigits(value: number): string {
  return thousandths.format(Number(value.toPrecision(3)))
}
