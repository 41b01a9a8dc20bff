import type { Side } from '../mesh/pair'

/** One peer, as the firewall knows it. */
export interface GuardedPeer {
  label: string
  /** Its outer address. */
  address: string
  /** The tunnel's device on this host. */
  device: string
}

/** What the rules of a mesh on one host are made of. */
export interface Guarded {
  tag: string
  /** The host's own outer address; null where nothing is guarded. */
  own: string | null
  peers: readonly GuardedPeer[]
}

/** What is to be guarded, of a host's sides in a mesh; of none, nothing. */
export function guardedOf(tag: string, sides: readonly Side[]): Guarded {
  return {
    tag,
    own: sides[0]?.own.outer ?? null,
    peers: sides.map(({ peer, name }) => ({ label: peer.label, address: peer.outer, device: name })),
  }
}
