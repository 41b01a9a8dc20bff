import type { KeptSample } from '@/lib/agent'
import { mysqlDesired, type TuneDesired } from '../desired'
import { timedSamples } from './sample'

export { type MysqlFacts, mysqlFacts } from '../facts/facts'
export { type ComparedRow, type Comparison, compareServers, type Side } from './compare'
export { type CoursePoint, courseOf } from './course'
export { megabytesText, numberText, spanText } from './figures'
export { EVIDENCE_S, type Look, lookAt } from './look'
export { type NextStep, type NextValue, nextStepOf } from './next-step'
export type { Row, Verdict } from './row'
export type { TimedSample } from './sample'

/** The wish of a tuning, of what a change asked for; null where it asked for something else. */
export function tuningOf(desired: unknown): TuneDesired | null {
  const parsed = mysqlDesired.safeParse(desired)
  return parsed.success && parsed.data.kind === 'tune' ? parsed.data : null
}

/** The store's samples, understood and in the order of time. */
export function samplesInOrder(kept: readonly KeptSample[]) {
  return timedSamples(kept)
}
