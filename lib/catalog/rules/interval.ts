import { count, saySpan } from './say'

export interface Run {
  /** When it was due or began: milliseconds since 1970. */
  at: number
  /** Ended well, or with warnings. */
  isGood: boolean
}

export type PromisedInterval =
  | {
      known: true
      /** What lies between two runs mostly, in seconds. */
      usual: number
      /** The longest time between two runs that is no exception, in seconds. */
      longest: number
      because: string
    }
  | { known: false; because: string }

/** Runs that are looked at: enough for a schedule's weekly pauses to recur, few enough to follow a changed schedule. */
const lookedAt = 30
const hourS = 3600

/**
 * How often a backup runs, by its own history of starts, whether they went well or not. The median of the last 30 gaps is
 * usual; runs that follow another within a fifth of it (started again by hand, two schedules at once) count with it. The
 * longest is what one gap in ten reaches, and at least two of four or more do, so that a pause each Saturday belongs to the
 * promise and one outage does not. Two gaps are the least it takes. Pure; the order of the starts does not matter.
 */
export function promisedInterval(starts: readonly number[]): PromisedInterval {
  const ordered = [...starts].sort((one, other) => one - other).slice(-lookedAt)
  const rough = median(gapsOf(ordered))
  const separate = ordered.filter(
    (at, place) => at - (ordered[place - 1] ?? Number.NEGATIVE_INFINITY) > (rough ?? 0) / 5,
  )
  const gaps = gapsOf(separate).sort((one, other) => other - one)
  const usual = median(gaps)
  if (usual === null || gaps.length < 2)
    return { known: false, because: `${count(ordered.length, 'run')} so far: too few to tell how often it runs.` }
  const longest = gaps[gaps.length < 4 ? 0 : Math.max(1, Math.floor(gaps.length / 10))] ?? usual
  const pause = longest > usual * 1.1 ? `, with pauses of up to ${saySpan(longest / 1000)}` : ''
  const because = `Its last ${gaps.length + 1} runs were ${saySpan(usual / 1000)} apart${pause}.`
  return { known: true, usual: usual / 1000, longest: longest / 1000, because }
}

export interface OverdueVerdict {
  state: 'on time' | 'overdue' | 'never good' | 'unknown'
  lastGood: Date | null
  /** Until when the next good run is on time; null where no interval is known. */
  dueBy: Date | null
  /** Seconds past that; negative before it. */
  late: number | null
  because: string
}

/**
 * Whether a backup is late by what its own history promises. A good run is due the longest usual time after the last good
 * one, and a margin: a quarter of the usual time, at least 3 hours and at most 2 days, as jobs wait for each other. Pure.
 */
export function overdueVerdict(runs: readonly Run[], now: number): OverdueVerdict {
  const nothing = { lastGood: null, dueBy: null, late: null }
  if (runs.length === 0) return { state: 'unknown', ...nothing, because: 'The catalog knows no run of it.' }
  const good = runs.filter(({ isGood }) => isGood).map(({ at }) => at)
  const promised = promisedInterval(runs.map(({ at }) => at))
  if (good.length === 0)
    return {
      state: 'never good',
      ...nothing,
      because: `None of ${count(runs.length, 'run')} in the catalog ended well.`,
    }
  const last = Math.max(...good)
  const lastGood = new Date(last)
  if (!promised.known) return { state: 'unknown', ...nothing, lastGood, because: promised.because }
  const margin = Math.min(Math.max(promised.usual / 4, 3 * hourS), 48 * hourS)
  const dueBy = last + (promised.longest + margin) * 1000
  const late = Math.round((now - dueBy) / 1000)
  const since = `the last good one began ${saySpan((now - last) / 1000)} ago`
  return {
    state: late > 0 ? 'overdue' : 'on time',
    lastGood,
    dueBy: new Date(dueBy),
    late,
    because: `${promised.because.replace(/\.$/, '')}; ${since}.`,
  }
}

function gapsOf(ordered: readonly number[]): number[] {
  return ordered.slice(1).map((at, place) => at - (ordered[place] ?? at))
}

function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
