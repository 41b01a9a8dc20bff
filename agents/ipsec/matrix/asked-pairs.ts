import type { MeshMember, MeshWish } from '../desired'
import type { DaemonFacts, IpsecFacts } from '../facts/facts'
import type { AskedSide } from '../facts/judge-pair'
import type { AskedPair } from '../facts/pair-probe'
import { innerMtu } from '../mesh/mtu'
import { pairName } from '../mesh/names'
import { deviceWith } from '../mesh/pair'
import { type Suite, suiteOf } from '../mesh/suite'

type Mesh = Pick<MeshWish, 'tag' | 'profile' | 'members'>

/** What the tunnels of a member depend on. */
export interface MemberEnd {
  /** Of the device that its outer address stands on, in bytes. */
  mtu: number
  daemon: DaemonFacts | null
}

/** What a pair is measured by. */
export interface PairSide extends AskedSide {
  suite: Suite
}

/** The end of a member by its host's facts; null where its outer address stands on none of its devices now. */
export function endOf(facts: IpsecFacts, { outer }: MeshMember): MemberEnd | null {
  const device = deviceWith(facts, outer)
  return device && { mtu: device.mtu, daemon: facts.daemon }
}

/** What both ends of a pair share, as the plan of the mesh reckons it; null where an end is not known. */
export function pairSide({ profile }: Pick<Mesh, 'profile'>, one: MemberEnd | null, other: MemberEnd | null) {
  if (one === null || other === null) return null
  const suite = suiteOf(profile, [one.daemon, other.daemon])
  return { mtu: innerMtu(Math.min(one.mtu, other.mtu), suite), suite } satisfies PairSide
}

/** What one member is asked of its pairs: those of which both ends are known. `ends` are the members' in their order. */
export function askedPairsOf(mesh: Mesh, own: MeshMember, ends: readonly (MemberEnd | null)[]): AskedPair[] {
  const ownEnd = ends[mesh.members.indexOf(own)] ?? null
  return mesh.members.flatMap((peer, at): AskedPair[] => {
    const side = peer === own ? null : pairSide(mesh, ownEnd, ends[at] ?? null)
    return side ? [askedPair(mesh, own, peer, side)] : []
  })
}

/** What one member is asked of its pair with a peer. */
export function askedPair(mesh: Pick<Mesh, 'tag'>, own: MeshMember, peer: MeshMember, side: PairSide): AskedPair {
  return {
    name: pairName(mesh, peer),
    ownOuter: own.outer,
    peerOuter: peer.outer,
    peerInner: peer.inner,
    mtu: side.mtu,
  }
}
