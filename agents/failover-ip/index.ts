import type { Agent } from '@/lib/agent'
import { type FailoverDesired, failoverDesired } from './desired'
import { driftOf } from './drift'
import type { FailoverFacts } from './facts'
import { AGENT, planFailover } from './plan'
import { predictFacts } from './predict'
import { failoverProbe } from './probe'

export { type FailoverDesired, failoverDesired } from './desired'
export { type FailoverFacts, failoverFacts } from './facts'

/** An address that one of several hosts has: put on, taken off, moved; live and over a boot, never on two at once. */
export const failoverAgent: Agent<'failover-ip', FailoverFacts, FailoverDesired> = {
  ...AGENT,
  title: 'Failover IP',
  about: 'Put an additional address on a host, take it off, or move it to another host, now and at every boot.',
  probe: failoverProbe,
  desired: failoverDesired,
  plan: planFailover,
  predict: predictFacts,
  drift: driftOf,
}
