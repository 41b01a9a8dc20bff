import { Cron } from 'croner'
import { z } from 'zod'

/** When a host may be worked on: on these days of the week, from this time of that zone, for so many minutes. */
export const MaintenanceWindow = z.object({
  /** 0 is Sunday. */
  days: z.array(z.number().int().min(0).max(6)).min(1, 'Choose at least one day.'),
  start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day reads as 02:30.'),
  minutes: z
    .number('Say how many minutes it lasts.')
    .int('Whole minutes.')
    .min(15, 'A window lasts at least 15 minutes.')
    .max(24 * 60, 'A window lasts at most 24 hours.'),
  zone: z.string().refine(isZone, 'A time zone reads as Europe/Berlin or UTC.'),
})
export type MaintenanceWindow = z.infer<typeof MaintenanceWindow>

export const MaintenanceWindows = z.array(MaintenanceWindow).max(10, 'A host has at most 10 windows.')

export interface Span {
  from: Date
  until: Date
}

/** Reads what the store keeps of a host's windows; none when it cannot be read. */
export function parseWindows(stored: string): MaintenanceWindow[] {
  try {
    return MaintenanceWindows.parse(JSON.parse(stored))
  } catch {
    return []
  }
}

/** How far ahead a common window is sought. */
const daysAhead = 35

/**
 * The span that is open now or opens next and lies in a window of each of the hosts; null when there is none in the
 * next five weeks. One of less than five minutes is no window to begin a change in.
 */
export function nextSpan(hosts: readonly (readonly MaintenanceWindow[])[], now: Date): Span | null {
  const [first, ...others] = hosts.map((windows) => windows.flatMap((window) => spansOf(window, now)))
  if (!first) return null
  const common = others.reduce<Span[]>(
    (left, right) => left.flatMap((one) => right.flatMap((two) => both(one, two))),
    first,
  )
  const long = common.filter((span) => span.until.getTime() - Math.max(span.from.getTime(), now.getTime()) >= 300_000)
  return long.toSorted((one, two) => one.from.getTime() - two.from.getTime())[0] ?? null
}

function spansOf({ days, start, minutes, zone }: MaintenanceWindow, now: Date): Span[] {
  const [hour, minute] = start.split(':').map(Number)
  const cron = new Cron(`0 ${minute} ${hour} * * ${days.join(',')}`, { timezone: zone, paused: true })
  // One that began before may be open still.
  const since = new Date(now.getTime() - minutes * 60_000)
  const end = now.getTime() + daysAhead * 86_400_000
  return cron
    .nextRuns(daysAhead + 1, since)
    .filter((from) => from.getTime() < end)
    .map((from) => ({ from, until: new Date(from.getTime() + minutes * 60_000) }))
}

function both(one: Span, two: Span): Span[] {
  const from = new Date(Math.max(one.from.getTime(), two.from.getTime()))
  const until = new Date(Math.min(one.until.getTime(), two.until.getTime()))
  return from < until ? [{ from, until }] : []
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
