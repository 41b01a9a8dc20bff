import type { TuningAim } from '../desired'
import { connectionsRow } from './connections-row'
import { counterRow, type Periods, workRow } from './counter-row'
import { dayText, megabytesText, spanText } from './figures'
import { measures } from './measures'
import { isOfRunAfter, peakSince } from './memory-row'
import { countedSeconds, type From, movementOf } from './movement'
import type { Row } from './row'
import type { TimedSample } from './sample'

/** Seconds that a server must have counted, before and after, until its counters say anything: nearly a day with its night. */
export const EVIDENCE_S = 20 * 3600

/** How long before a change a reading still tells how the counters stood when it began. */
const BASE_MS = 2 * 3_600_000
/** How far back the time before a change goes. */
const BEFORE_MS = 7 * 86_400_000

export interface LookInput {
  aim: TuningAim
  /** When the change began on the host and when it stood, in milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** In the order of time. */
  samples: readonly TimedSample[]
}

/** What came of a tuning, as far as it can be told. */
export interface Look {
  state: 'nothing-read' | 'not-yet' | 'ready'
  /** The answer, in a sentence without its full stop. */
  title: string
  /** What it rests on, or what is missing. */
  evidence: string
  /** It is within its budget and nothing got worse; null until it is ready. */
  isGood: boolean | null
  /** When there was enough evidence for the first time; null until then. */
  readyAt: number | null
  /** Whole hours that the server has to count until there is; 0 where there is. */
  hoursLeft: number
  /** Empty until there is evidence. */
  rows: readonly Row[]
}

/** Looks again at a tuning: what moved, by the samples before it and since. Nothing is judged without evidence. Pure. */
export function lookAt({ aim, startedAt, endedAt, samples }: LookInput): Look {
  const before = samples.filter(({ at }) => at <= startedAt && at > startedAt - BEFORE_MS)
  const since = samples.filter(({ at }) => at >= endedAt)
  const last = since.at(-1)
  const tuning = `The tuning of ${dayText(startedAt)}`
  if (!last)
    return {
      ...{ state: 'nothing-read', title: `${tuning} was not looked at yet`, isGood: null, readyAt: null, rows: [] },
      ...{ evidence: 'The server was not read since.', hoursLeft: EVIDENCE_S / 3600 },
    }
  const course = courseSince(before.at(-1), since, startedAt)
  const counted = countedSeconds(course.samples, course.from).slice(-since.length)
  // Counters may begin a little before the change; evidence does not.
  const evidenceS = (at: number) => Math.min(counted[at] ?? 0, ((since[at]?.at ?? endedAt) - endedAt) / 1000)
  const ready = since.findIndex((_, at) => evidenceS(at) >= EVIDENCE_S)
  const seconds = evidenceS(since.length - 1)
  if (ready < 0) {
    const hoursLeft = Math.ceil((EVIDENCE_S - seconds) / 3600)
    return {
      ...{ state: 'not-yet', title: `${tuning}: not yet, in ${hoursLeft === 1 ? '1 hour' : `${hoursLeft} hours`}` },
      evidence: `The server has counted for ${spanText(seconds)} since; ${EVIDENCE_S / 3600} hours are needed.`,
      ...{ isGood: null, readyAt: null, hoursLeft, rows: [] },
    }
  }
  const was = movementOf(before, 'its-start')
  const periods = { before: was.seconds >= EVIDENCE_S ? was : null, after: movementOf(course.samples, course.from) }
  const peak = peakSince({ before, since }, { budgetBytes: aim.budgetBytes, startedAt, seconds })
  const rows = [peak.row, ...rowsOf(periods), connectionsRow({ before, since }, { startedAt, seconds })]
  return {
    state: 'ready',
    title: `${tuning} ${memoryWords(peak, aim)}; ${counterWords(rows, periods)}`,
    evidence: evidenceWords(seconds, was.seconds, periods.after.restarts),
    isGood: peak.isWithin !== false && rows.every(({ verdict }) => verdict !== 'worse'),
    readyAt: since[ready]?.at ?? null,
    hoursLeft: 0,
    rows,
  }
}

/** The samples since a change, with the last one before it where that tells how the counters stood when it began. */
function courseSince(
  last: TimedSample | undefined,
  since: readonly TimedSample[],
  startedAt: number,
): { samples: readonly TimedSample[]; from: From } {
  const [first] = since
  if (first && isOfRunAfter(first, startedAt)) return { samples: since, from: 'its-start' }
  const isNear = last !== undefined && startedAt - last.at <= BASE_MS
  return isNear ? { samples: [last, ...since], from: 'first-sample' } : { samples: since, from: 'first-sample' }
}

function rowsOf(periods: Periods): Row[] {
  return [workRow(periods), ...measures.map((measure) => counterRow(measure, periods))]
}

function memoryWords({ bytes, isWithin }: ReturnType<typeof peakSince>, { budgetBytes }: TuningAim): string {
  if (bytes === null || isWithin === null) return 'stands: how much memory it took at most is not known'
  return `${isWithin ? 'held' : 'did not hold'}: peak ${megabytesText(bytes)} of ${megabytesText(budgetBytes)}`
}

/** What moved, worst first; a headline holds three of them. */
function counterWords(rows: readonly Row[], { before }: Periods): string {
  const of = (verdict: Row['verdict'], word: 'more' | 'fewer') =>
    measures.flatMap((measure) =>
      rows.some(({ id, verdict: is }) => id === measure.id && is === verdict) ? [measure[word]] : [],
    )
  const tight = rows.some(({ id, verdict }) => id === 'connections' && verdict === 'worse')
  const moved = [...(tight ? ['connections nearly used up'] : []), ...of('worse', 'more'), ...of('better', 'fewer')]
  if (moved.length > 0) return moved.slice(0, 3).join(', ')
  return before === null ? 'how it was before is not known' : 'what it counts is as before'
}

function evidenceWords(seconds: number, before: number, restarts: number): string {
  const was =
    before >= EVIDENCE_S
      ? ` against ${spanText(before)} before`
      : before > 0
        ? `; before, it had counted for ${spanText(before)} only, which is no evidence`
        : '; nothing is known of the time before'
  const again = restarts > 0 ? ` It was restarted ${restarts === 1 ? 'once' : `${restarts} times`} meanwhile.` : ''
  return `Counted for ${spanText(seconds)} since${was}.${again}`
}
