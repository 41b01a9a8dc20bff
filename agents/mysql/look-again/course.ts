import { measures } from './measures'
import { movementOf } from './movement'
import type { TimedSample } from './sample'

/** One stretch of a plot. Null is a gap: not read is not zero. */
export interface CoursePoint {
  /** Its beginning, in milliseconds since 1970. */
  from: number
  to: number
  rssBytes: number | null
  /** Pages read from the disk in an hour. */
  poolMisses: number | null
}

/** Stretches that one looks at, in hours: a plot has at most a hundred of them. */
const STEPS_H = [1, 3, 6, 12, 24]
const MOST_POINTS = 100
const hourMs = 3_600_000

/** What was read between two times, in equal stretches of the shortest length that a plot takes. Pure. */
export function courseOf(samples: readonly TimedSample[], from: number, to: number): CoursePoint[] {
  const hours = (to - from) / hourMs
  const stepMs = (STEPS_H.find((step) => hours / step <= MOST_POINTS) ?? 24) * hourMs
  const count = Math.min(MOST_POINTS, Math.ceil((to - from) / stepMs))
  return Array.from({ length: count }, (_, at) => {
    const [begin, end] = [from + at * stepMs, from + (at + 1) * stepMs]
    const within = samples.filter((sample) => sample.at >= begin && sample.at < end)
    const last = within.at(-1)
    return { from: begin, to: end, rssBytes: last?.rssBytes ?? null, poolMisses: missesOf(samples, within) }
  })
}

/** A counter is of the time since the sample before, wherever that lies; more than a day back it says nothing of an hour. */
function missesOf(samples: readonly TimedSample[], within: readonly TimedSample[]): number | null {
  const [first] = within
  if (!first) return null
  const before = samples[samples.indexOf(first) - 1]
  const isNear = before !== undefined && first.at - before.at <= 24 * hourMs
  const moved = movementOf(isNear ? [before, ...within] : within, 'first-sample')
  return measures[0]?.of(moved)?.value ?? null
}
