import type { ChildSaFacts, IkeSaFacts } from '../facts/facts'
import type { PairSeen } from '../facts/pairs-seen'
import { type Suite, suites } from '../mesh/suite'

/** For tests: the first suite, and a pair of which one end says that all is well. */
export function modernSuite(): Suite {
  const [modern] = suites
  if (!modern) throw new Error('expected a suite')
  return modern
}

export const childSeen: ChildSaFacts = {
  ...{ name: 'a-b', state: 'INSTALLED', mode: 'TRANSPORT', suite: 'AES_GCM_16-256', bytesIn: 900, bytesOut: 900 },
  ...{ ageS: 90, spiIn: 'c0000001', spiOut: 'c0000002' },
}

export const ikeSeen: IkeSaFacts = {
  ...{ name: 'a-b', state: 'ESTABLISHED', version: 2, localHost: '192.0.2.1', remoteHost: '192.0.2.2', ageS: 7_300 },
  ...{ suite: 'AES_GCM_16-256/PRF_HMAC_SHA2_256/ECP_256', children: [childSeen] },
}

export const pairSeen: PairSeen = {
  ...{ name: 'a-b', ike: ikeSeen, child: childSeen, hasTrap: true, policyIn: 'transport', policyOut: 'transport' },
  ...{ ping: { answers: true, ms: 0.6 }, largestPasses: true, grewIn: 168, grewOut: 168 },
  tunnel: { mtu: 1446, isUp: true },
}
