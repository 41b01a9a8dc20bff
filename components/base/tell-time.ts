const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * A time as it is told: "now", "40 s ago", "12 min ago", "8 h ago", "41 d ago", "2 y ago"; `short` leaves the "ago" out.
 * What lies ahead carries "in", and from a week on its date ("2 Jan", with the year when it is another one), in `zone`.
 * `at` and `now` are milliseconds since 1970.
 */
export function tellTime(at: number, now: number, short = false, zone?: string): string {
  const seconds = Math.round((now - at) / 1000)
  const size = Math.abs(seconds)
  if (size < 5) return 'now'
  if (seconds < -7 * day) return tellDate(at, now, zone)
  const amount = tellSpan(size)
  if (seconds < 0) return `in ${amount}`
  return short ? amount : `${amount} ago`
}

/** A length of time in one unit: "40 s", "12 min", "8 h", "41 d", "3 y". `seconds` is not negative. */
export function tellSpan(seconds: number): string {
  if (seconds < minute) return `${Math.round(seconds)} s`
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)} h`
  if (seconds < 730 * day) return `${Math.floor(seconds / day)} d`
  return `${Math.floor(seconds / (365 * day))} y`
}

/** The exact time with its zone: "9 Nov 2026, 08:12:11 UTC". Without `zone` the one that the code runs in. */
export function tellExactly(at: number, zone?: string): string {
  const told = (zone && exactFormats.get(zone)) || exactFormat(zone)
  // Where no zone is named it is the machine's, which may change.
  if (zone) exactFormats.set(zone, told)
  return told.format(at)
}

/** Making one takes longer than to draw a whole row of a table. */
const exactFormats = new Map<string, Intl.DateTimeFormat>()

function exactFormat(zone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  })
}

function tellDate(at: number, now: number, zone?: string): string {
  const year = (time: number) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(time)
  const told = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: year(at) === year(now) ? undefined : 'numeric',
    timeZone: zone,
  })
  return told.format(at)
}
