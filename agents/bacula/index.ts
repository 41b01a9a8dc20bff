import type { Agent } from '@/lib/agent'
import { type BaculaDesired, baculaDesired } from './desired'
import { driftOf } from './drift'
import type { BaculaFacts } from './facts'
import { AGENT, planBacula } from './plan'
import { predictFacts } from './predict'
import { baculaProbe } from './probe'

export { type BaculaDesired, baculaDesired } from './desired'
export { type BaculaFacts, baculaFacts } from './facts'

/** What is asked of a Bacula director, each with its answer judged; and a console for Pollux that may do no more. */
export const baculaAgent: Agent<'bacula', BaculaFacts, BaculaDesired> = {
  ...AGENT,
  title: 'Bacula',
  about:
    'Run and cancel jobs, label, mount and prune volumes, and give Pollux a console that may do no more than that.',
  probe: baculaProbe,
  desired: baculaDesired,
  plan: planBacula,
  predict: predictFacts,
  drift: driftOf,
}
