import type { Agent } from '@/lib/agent'
import { type SchedulerDesired, schedulerDesired } from './desired'
import { driftOf } from './drift'
import type { SchedulerFacts } from './facts'
import { AGENT, planSchedulers } from './plan'
import { predictFacts } from './predict'
import { schedulerProbe } from './probe'

export { type SchedulerDesired, schedulerDesired } from './desired'
export { type SchedulerFacts, schedulerFacts } from './facts'

/** The I/O scheduler of every disk: read, recommended, set now and at every boot, proved in /sys. */
export const schedulerAgent: Agent<'scheduler', SchedulerFacts, SchedulerDesired> = {
  ...AGENT,
  title: 'I/O scheduler',
  about:
    'Choose in which order each disk serves its requests, now and at every boot, so that a backup does not freeze the rest.',
  probe: schedulerProbe,
  desired: schedulerDesired,
  plan: planSchedulers,
  predict: predictFacts,
  drift: driftOf,
}
