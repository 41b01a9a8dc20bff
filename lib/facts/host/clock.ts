import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { found, textOf, whyNot } from './found'

export const clockSchema = z.object({
  /** Host's clock minus the dashboard's. */
  skewMs: z.number(),
  /** The skew is right within this much either way: half the time between asking and hearing. */
  uncertaintyMs: z.number(),
})
export type ClockFacts = z.infer<typeof clockSchema>

/** The host's clock as it said it, with the size of its smallest step. */
export const clockReadingSchema = z.object({ epochMs: z.number(), resolutionMs: z.number() })
export type ClockReading = z.infer<typeof clockReadingSchema>

/** Comes first in its tier, so that little time passes between asking and reading. */
export const clockProbe = defineProbe({
  id: 'clock',
  timeoutS: 5,
  readings: { date: { kind: 'command', argv: ['date', '+%s.%N'] } },
  parse: parseClock,
})

export function parseClock(raw: RawReadings<'date'>): Found<ClockReading> {
  // busybox and old systems know no nanoseconds and leave `%N`, `N` or nothing behind the point.
  const match = /^(\d{1,12})(?:\.(\d{9})$|\.|$)/m.exec(textOf(raw.date) ?? '')
  if (!match) return whyNot(raw.date)
  const fraction = match[2]
  return found({
    epochMs: Number(match[1]) * 1000 + (fraction === undefined ? 500 : Number(fraction) / 1e6),
    resolutionMs: fraction === undefined ? 500 : 0,
  })
}

/** The skew of a clock that was read between `sentAt` and `arrivedAt` (ms since 1970, the dashboard's clock). */
export function clockSkew(reading: ClockReading, sentAt: number, arrivedAt: number): ClockFacts {
  const middle = (sentAt + arrivedAt) / 2
  return {
    // A half rounds to -0, which JSON does not know.
    skewMs: Math.round(reading.epochMs - middle) + 0,
    uncertaintyMs: Math.ceil((arrivedAt - sentAt) / 2 + reading.resolutionMs),
  }
}
