// A catalog stores the director's local time without a zone. "Wall" is such a time as milliseconds, as if it were UTC.

/** When a local time was: once; never (a clock put forward skipped it); or twice (a clock put back repeated it). */
export type Instants =
  | { kind: 'once'; at: number }
  /** `at` is where the old offset leads, as far behind the gap as the time lies in it. */
  | { kind: 'skipped'; at: number }
  | { kind: 'twice'; first: number; second: number }

const dayMs = 86_400_000
const shape = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)?$/

/** True for what stands where no time was ever written: NULL, '', 0, '0000-00-00 00:00:00' (old MySQL and SQLite catalogs). */
export function isNoTime(stored: unknown): boolean {
  return stored === null || stored === undefined || /^[\s0:T.-]*$/.test(String(stored))
}

/** Reads a stored local time ("2026-11-07 23:05:00"). Null when there is none or it names no day of the calendar. */
export function parseWall(stored: unknown): number | null {
  const match = isNoTime(stored) ? null : shape.exec(String(stored))
  if (!match) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])]
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  // The calendar carries what is too much over, and takes the first hundred years for those of 1900.
  const isReal = hour < 24 && minute < 60 && second < 60 && year > 99 && month > 0 && month < 13
  return isReal && new Date(wall).getUTCDate() === day ? wall : null
}

/** The instants that a local time stands for in a zone. Throws a RangeError for a zone that does not exist. */
export function instantsOf(wall: number, zone: string): Instants {
  const before = offsetAt(wall - dayMs, zone)
  const after = offsetAt(wall + dayMs, zone)
  // Nearly always: thousands of rows ask here.
  if (before === after && offsetAt(wall - before, zone) === before) return { kind: 'once', at: wall - before }
  const fits = [...new Set([before, after])]
    .map((offset) => wall - offset)
    .filter((at) => at + offsetAt(at, zone) === wall)
  const [first, second] = fits.sort((one, other) => one - other)
  if (first === undefined) return { kind: 'skipped', at: wall - before }
  return second === undefined ? { kind: 'once', at: first } : { kind: 'twice', first, second }
}

/** The later instant of a local time: nothing that rests on it is promised too early. Null for what is no time. */
export function laterInstant(stored: unknown, zone: string): number | null {
  const wall = parseWall(stored)
  if (wall === null) return null
  const found = instantsOf(wall, zone)
  return found.kind === 'twice' ? found.second : found.at
}

/** The local time of an instant, as a catalog stores it: "2026-11-07 23:05:00". */
export function wallText(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 19).replace('T', ' ')
}

/** Whether a zone's name is one that this program knows ("Europe/Paris"). */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const [year, two] = ['numeric', '2-digit'] as const
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year, month: two, day: two, hour: two, minute: two, second: two },
  })
  formats.set(zone, made)
  return made
}

// Asking Intl takes microseconds, and tables ask for thousands of rows: days on which nothing changes are kept.
const wholeDays = new Map<string, Map<number, number | null>>()
const keptDays = 20_000

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. Throws a RangeError for an unknown zone. */
export function offsetAt(at: number, zone: string): number {
  const day = Math.floor(at / dayMs)
  let days = wholeDays.get(zone)
  if (!days || days.size > keptDays) {
    days = new Map()
    wholeDays.set(zone, days)
  }
  let whole = days.get(day)
  if (whole === undefined) {
    const begin = askOffset(day * dayMs, zone)
    whole = begin === askOffset((day + 1) * dayMs, zone) ? begin : null
    days.set(day, whole)
  }
  return whole ?? askOffset(at, zone)
}

function askOffset(at: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1000) * 1000
}
