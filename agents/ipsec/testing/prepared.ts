import { isAppError } from '@/lib/errors'
import type { DaemonFacts } from '../facts/facts'
import type { PairSeen } from '../facts/pairs-seen'
import { suites } from '../mesh/suite'

/** strongSwan of Debian 12, by swanctl, as it runs once a host was prepared. */
export const strongSwan = {
  ...{ kind: 'swanctl', version: '5.9.8', unit: 'strongswan.service' },
  ...{ isActive: true, isEnabled: true },
} as const satisfies DaemonFacts

/** What a host has once it was prepared, its key told apart by `of`. */
export function preparedWith(of: string) {
  return {
    daemon: strongSwan,
    daemons: [strongSwan],
    publicKey: `-----BEGIN PUBLIC KEY-----\nkey of ${of}\n-----END PUBLIC KEY-----\n`,
    connections: [],
  }
}

/** The sentence by which something is refused. Throws what is no refusal. */
export function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (isAppError(error)) return error.userMessage ?? ''
    throw error
  }
  return 'not refused'
}

const [modern, compatible] = suites
if (!modern || !compatible) throw new Error('expected two suites')

/** The two suites, the stronger first. */
export const bothSuites = { modern, compatible }

const child = {
  ...{ name: 'a-b', state: 'INSTALLED', mode: 'TRANSPORT', suite: 'AES_GCM_16-256', bytesIn: 1, bytesOut: 1 },
  ...{ ageS: 1, spiIn: 'c0', spiOut: 'c1' },
}
const ike = {
  ...{ name: 'a-b', state: 'ESTABLISHED', version: 2, localHost: '192.0.2.1', remoteHost: '192.0.2.2', ageS: 1 },
  ...{ suite: 'AES_GCM_16-256/PRF_HMAC_SHA2_256/ECP_256', children: [child] },
}

/** One end of a pair of which all is as it should be, of the modern suite with an MTU of 1446. */
export const goodEnd = {
  ...{ name: 'a-b', ike, child, hasTrap: true, policyIn: 'transport', policyOut: 'transport' },
  ...{ ping: { answers: true, ms: 1 }, largestPasses: true, grewIn: 168, grewOut: 168 },
  tunnel: { mtu: 1446, isUp: true },
} as const satisfies PairSeen
