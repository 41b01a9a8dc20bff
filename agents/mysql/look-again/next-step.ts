import { isAppError } from '@/lib/errors'
import type { TuneDesired } from '../desired'
import type { MysqlFacts } from '../facts/facts'
import { propose } from '../propose'
import { resolveServer } from '../server/resolve-server'
import { shownValue } from '../tune/shown-value'
import { situationOf } from '../tune/situation'
import { ruleFor } from '../variables'

/** One value that would be proposed now. */
export interface NextValue {
  name: string
  /** What the server has; null where it names none. */
  from: string | null
  to: string
  reason: string
  evidence: string | null
}

/** What would be proposed today, or why nothing can be. */
export type NextStep =
  | { state: 'not-known'; why: string }
  | { state: 'nothing'; refusals: readonly string[] }
  | { state: 'values'; values: readonly NextValue[]; refusals: readonly string[] }

/**
 * What the wizard would propose now for the server and the aim of a tuning that stands, with what the server counted. A
 * value that the server has already is no step, and neither is one that other files say and Pollux's own overrides. Pure.
 */
export function nextStepOf(
  host: { hostId: string; name: string; facts: MysqlFacts },
  { server: key, aim }: Pick<TuneDesired, 'server' | 'aim'>,
): NextStep {
  try {
    const server = resolveServer(host, key)
    const situation = situationOf(server)
    if (!situation) return { state: 'not-known', why: 'The host does not tell how much memory it has.' }
    const { values, refusals } = propose({ ...situation, ...aim })
    const open = values.flatMap(({ name, to, kept, reason, evidence }): NextValue[] => {
      const from = situation.today[name] ?? null
      const rule = ruleFor(name, situation.version)
      if (to === null || kept || (rule && from === shownValue(rule, to))) return []
      return [{ name, from, to, reason, evidence }]
    })
    return open.length === 0 ? { state: 'nothing', refusals } : { state: 'values', values: open, refusals }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { state: 'not-known', why: error.userMessage ?? error.message }
  }
}
