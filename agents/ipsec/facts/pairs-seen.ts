import type { ChildSaFacts, IkeSaFacts } from './facts'
import type { LinkState } from './parse-ip'

/** One ping. Null where nobody could tell: no ping, or it did not run. */
export interface PingSeen {
  answers: boolean | null
  /** Milliseconds there and back, of the packet that came back. */
  ms: number | null
}

/** Packets of a mesh that came or went unprotected and were dropped, since its rules were made; null where no rule counts. */
export interface DropsSeen {
  in: number | null
  out: number | null
}

/** What one end of a pair says. Whatever was not read is null, never false. */
export interface PairSeen {
  /** The connection, its child and the tunnel's device. */
  name: string
  /** Its IKE SA that is established, else its last; `none` where there is none. */
  ike: IkeSaFacts | 'none' | null
  /** Its child that is installed, else its last. */
  child: ChildSaFacts | 'none' | null
  hasTrap: boolean | null
  /** Policies of protocol 4 alone, between the two outer addresses, that ask for ESP of this mode. */
  policyIn: string | 'none' | null
  policyOut: string | 'none' | null
  /** Of a small packet. */
  ping: PingSeen
  /** Whether the largest packet that the tunnel takes came back whole. */
  largestPasses: boolean | null
  /** How many bytes went through the child's SAs while the pings ran, after a rekey since it. */
  grewIn: number | null
  grewOut: number | null
  tunnel: LinkState | 'none' | null
}

/** What one member says of all its pairs. */
export interface PairsSeen {
  pairs: PairSeen[]
  /** Of all peers together: the rules that drop are one for each way. */
  drops: DropsSeen
  /** Counters of /proc/net/xfrm_stat; empty where the kernel has none. */
  xfrmStat: Record<string, number>
}
