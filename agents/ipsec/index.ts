import type { Agent } from '@/lib/agent'
import { AGENT } from './agent-id'
import { type IpsecDesired, ipsecDesired } from './desired'
import { driftOf } from './drift'
import type { IpsecFacts } from './facts/facts'
import { ipsecProbe } from './facts/probe'
import { planIpsec } from './plan'
import { predictFacts } from './predict'

export { type IpsecDesired, ipsecDesired } from './desired'
export { type IpsecFacts, ipsecFacts } from './facts/facts'

/** Hosts that reach each other by IP-IP tunnels inside ESP, each with each, as one mesh. */
export const ipsecAgent: Agent<'ipsec', IpsecFacts, IpsecDesired> = {
  ...AGENT,
  title: 'IPsec mesh',
  about: 'Give any number of hosts an encrypted tunnel to each other, in one change that can be taken back.',
  probe: ipsecProbe,
  desired: ipsecDesired,
  plan: planIpsec,
  predict: predictFacts,
  drift: driftOf,
  scopeOf: (desired) => {
    if (desired.kind === 'mesh') return `mesh ${desired.tag}`
    return desired.kind === 'rekey' ? `new keys of ${desired.tag}` : 'preparation'
  },
}
