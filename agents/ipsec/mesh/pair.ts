import type { PlanHost } from '@/lib/agent'
import type { MeshMember, MeshWish } from '../desired'
import type { DeviceFacts, IpsecFacts } from '../facts/facts'
import { innerMtu } from './mtu'
import { pairName } from './names'
import { type Suite, suiteOf } from './suite'

/** A member with what its host said. */
export interface Member extends MeshMember {
  host: PlanHost<IpsecFacts>
  /** The device that its outer address stands on. */
  device: DeviceFacts
}

/** One member's side of a pair. */
export interface Side {
  own: Member
  peer: Member
  /** The connection, its child and the tunnel's device, on the own host. */
  name: string
  /** Of the tunnel: what both ends' devices let through. */
  mtu: number
  suite: Suite
  /** Whether this side begins where both could: one of the two alone, so that they never begin at once. */
  begins: boolean
}

/** The device that an address stands on. */
export function deviceWith({ devices }: IpsecFacts, address: string): DeviceFacts | null {
  return devices.find((device) => device.addresses.some(({ host }) => host === address)) ?? null
}

/** How the member sees each of the others, in the others' order. */
export function sidesOf(mesh: MeshWish, own: Member, members: readonly Member[]): Side[] {
  return members.filter((peer) => peer.hostId !== own.hostId).map((peer) => sideOf(mesh, own, peer))
}

function sideOf(mesh: MeshWish, own: Member, peer: Member): Side {
  const suite = suiteOf(mesh.profile, [own.host.facts.daemon, peer.host.facts.daemon])
  return {
    own,
    peer,
    name: pairName(mesh, peer),
    mtu: innerMtu(Math.min(own.device.mtu, peer.device.mtu), suite),
    suite,
    begins: own.label < peer.label,
  }
}
