import type { IpsecFacts } from '../facts/facts'
import type { Foreign } from './foreign'
import { ipsecConfForeign } from './of-ipsec-conf'
import { policiesForeign } from './of-policies'
import { setkeyForeign } from './of-setkey'
import { swanctlForeign } from './of-swanctl'
import { tunnelsForeign } from './of-tunnels'

/**
 * Everything of IPsec and IP-IP on a host that Pollux did not make: connections in the files of swanctl and of ipsec.conf,
 * policies of setkey, tunnels, and policies that the kernel has and nothing else accounts for. Pure.
 */
export function foreignOf(facts: IpsecFacts): Foreign[] {
  const found = [
    ...swanctlForeign(facts),
    ...ipsecConfForeign(facts),
    ...setkeyForeign(facts),
    ...tunnelsForeign(facts),
  ]
  const known = found.flatMap(({ between }) => between)
  return [...found, ...policiesForeign(facts, known)]
}
