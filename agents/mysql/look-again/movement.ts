import { isAtLeast, parseServerVersion } from '../version'
import type { TimedSample } from './sample'

/** How far a counter moved, and in how many seconds of the server's own time that was seen. */
export interface Moved {
  by: number
  seconds: number
}

export interface Movement {
  /** Seconds that the server ran and is known to have counted. */
  seconds: number
  restarts: number
  counters: ReadonlyMap<string, Moved>
}

/** From where on the first of some samples counts: from the start of its server, or not at all. */
export type From = 'its-start' | 'first-sample'

/**
 * How far the counters moved over these samples, in the order of time. Counters begin at 0 with each start of the server:
 * after a restart what it says now is all that is known, and the hours before it count for nothing. Pure.
 */
export function movementOf(samples: readonly TimedSample[], from: From): Movement {
  const counters = new Map<string, Moved>()
  let restarts = 0
  for (const [at, now] of samples.entries()) {
    const before = samples[at - 1]
    const hasStarted = before ? hasRestarted(before, now) : from === 'its-start'
    if (before && hasStarted) restarts += 1
    const moved = hasStarted ? sinceStart(now) : before ? between(before, now) : []
    for (const [name, { by, seconds }] of moved) {
      const sum = counters.get(name) ?? { by: 0, seconds: 0 }
      counters.set(name, { by: sum.by + by, seconds: sum.seconds + seconds })
    }
  }
  return { seconds: countedSeconds(samples, from).at(-1) ?? 0, restarts, counters }
}

/** Up to each sample, how many seconds the server is known to have counted since the first. */
export function countedSeconds(samples: readonly TimedSample[], from: From): number[] {
  let seconds = 0
  return samples.map((now, at) => {
    const before = samples[at - 1]
    const hasStarted = before ? hasRestarted(before, now) : from === 'its-start'
    seconds += hasStarted ? (now.uptimeS ?? 0) : before ? secondsBetween(before, now) : 0
    return seconds
  })
}

/**
 * Whether a server started between two samples. One that did is up for less time than lies between them, one that did not
 * for as much longer as it was up before. Where it does not tell since when it is up, a falling number of connections does.
 */
export function hasRestarted(before: TimedSample, now: TimedSample): boolean {
  if (before.uptimeS === null || now.uptimeS === null) return fell(before, now, 'Connections')
  if (now.uptimeS < before.uptimeS) return true
  // Halfway between the two, so that a clock that is set by minutes makes no restart.
  return now.uptimeS < (now.at - before.at) / 1000 + before.uptimeS / 2
}

/** What a counter says, null where the server has none of that name or no whole number in it. */
export function countOf({ counters }: TimedSample, name: string): bigint | null {
  const text = counters[name]
  return text !== undefined && /^\d{1,20}$/.test(text) ? BigInt(text) : null
}

function secondsBetween(before: TimedSample, now: TimedSample): number {
  if (before.uptimeS !== null && now.uptimeS !== null) return now.uptimeS - before.uptimeS
  return (now.at - before.at) / 1000
}

/** Counters of a server from its start on, or from when FLUSH STATUS began them anew: the server tells since when. */
function* sinceStart(sample: TimedSample): Generator<readonly [string, Moved]> {
  if (sample.uptimeS === null) return
  const flushed = countOf(sample, 'Uptime_since_flush_status')
  for (const name of Object.keys(sample.counters)) {
    const count = countOf(sample, name)
    if (count === null) continue
    const seconds = flushed !== null && isFlushed(name, sample) ? Number(flushed) : sample.uptimeS
    yield [name, { by: Number(count), seconds }]
  }
}

function* between(before: TimedSample, now: TimedSample): Generator<readonly [string, Moved]> {
  const seconds = secondsBetween(before, now)
  const flushed = fell(before, now, 'Uptime_since_flush_status') ? countOf(now, 'Uptime_since_flush_status') : null
  for (const name of Object.keys(now.counters)) {
    const [from, to] = [countOf(before, name), countOf(now, name)]
    if (from === null || to === null) continue
    if (to >= from) yield [name, { by: Number(to - from), seconds }]
    else if (flushed !== null) yield [name, { by: Number(to), seconds: Number(flushed) }]
    else {
      const wrapped = wrappedBy(from, to)
      // It fell for no known reason: of this stretch nothing is known.
      if (wrapped !== null) yield [name, { by: Number(wrapped), seconds }]
    }
  }
}

/** How far a counter moved over its end, of 32 bits (old servers, 32-bit builds) or 64; null where it was not near one. */
function wrappedBy(from: bigint, to: bigint): bigint | null {
  for (const bits of [32n, 64n]) {
    const end = 1n << bits
    if (from < end && from >= end / 2n && to < end / 2n) return to + end - from
  }
  return null
}

function fell(before: TimedSample, now: TimedSample, name: string): boolean {
  const [from, to] = [countOf(before, name), countOf(now, name)]
  return from !== null && to !== null && to < from
}

/**
 * FLUSH STATUS begins the key caches' counters and those of refused clients anew; from 11.5 on MariaDB does it with all that
 * the server itself counts (MySQL Reference Manual, "FLUSH Statement"; MariaDB manual, "FLUSH").
 */
function isFlushed(name: string, { version: text }: TimedSample): boolean {
  if (/^(?:Aborted_|Key_)/.test(name)) return true
  const version = parseServerVersion(text)
  const isAll = version?.flavour === 'mariadb' && isAtLeast(version, 11, 5)
  return isAll && !/^(?:Innodb_|Connections$|Threads_created$|Uptime)/.test(name)
}
