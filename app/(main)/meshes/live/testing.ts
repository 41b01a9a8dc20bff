import { pairSeen } from '@/agents/ipsec/pair/testing'
import type { PairSeen, StandingMesh } from '@/agents/ipsec/view'
import type { KnownMember } from './member-ends'
import type { MemberReading } from './mesh-seen'

/** For tests: a mesh of these members, which change #7 made. */
export function someMesh(labels: readonly string[], changeId = 7): StandingMesh {
  const members = labels.map((label, at) => ({
    hostId: `id-of-${label}`,
    label,
    outer: `192.0.2.${at + 1}`,
    inner: `10.20.0.${at + 1}`,
  }))
  const base = { tag: 'cloud', name: 'Cloud', prefix: '10.20.0.0/24', profile: 'modern' as const, innerNames: false }
  return { ...base, members, changeId, at: 1, retired: [] }
}

/** A member whose host was read. */
export const knownMember: KnownMember = {
  end: {
    mtu: 1500,
    daemon: { kind: 'swanctl', version: '5.9.8', unit: 'strongswan.service', isActive: true, isEnabled: true },
  },
  problem: null,
  unit: 'strongswan.service',
  kind: 'swanctl',
  name: 'a host',
}

/** What a member says that is well with all the others. */
export function someReading(
  mesh: StandingMesh,
  own: string,
  more: Partial<MemberReading> = {},
  seen: Partial<PairSeen> = {},
): MemberReading {
  const pairs = mesh.members
    .filter(({ label }) => label !== own)
    .map(({ label }): [string, PairSeen] => [`cloud-${label}`, { ...pairSeen, ...seen, name: `cloud-${label}` }])
  return { at: Date.now(), pairs: new Map(pairs), drops: { in: 1, out: null }, problem: null, ...more }
}
