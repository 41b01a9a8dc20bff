import { instantsOf, parseWall } from './local-time'

/**
 * How long a job took, in seconds, from its stored local times. Where a clock put back leaves two answers the shorter one
 * holds. Null when one of the times is missing or the end lies before the start.
 */
export function jobSeconds(startTime: unknown, endTime: unknown, zone: string): number | null {
  const [start, end] = [parseWall(startTime), parseWall(endTime)]
  if (start === null || end === null) return null
  const spans = allInstants(end, zone).flatMap((to) => allInstants(start, zone).map((from) => to - from))
  const possible = spans.filter((span) => span >= 0)
  return possible.length === 0 ? null : Math.min(...possible) / 1000
}

/** Bytes per second (Job.JobBytes, after compression). Null when nothing was timed. */
export function jobRate(jobBytes: number | null, seconds: number | null): number | null {
  return jobBytes === null || seconds === null || seconds === 0 ? null : jobBytes / seconds
}

/**
 * What compression saved of what was read: 0.25 is a quarter less, negative is more. Null when the catalog does not know
 * what was read: before Bacula 3, and for jobs without data.
 */
export function compression(readBytes: number | null, jobBytes: number | null): number | null {
  return readBytes === null || jobBytes === null || readBytes === 0 ? null : 1 - jobBytes / readBytes
}

function allInstants(wall: number, zone: string): number[] {
  const found = instantsOf(wall, zone)
  return found.kind === 'twice' ? [found.first, found.second] : [found.at]
}
