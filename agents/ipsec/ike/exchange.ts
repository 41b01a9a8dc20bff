import type { MeshWish } from '../desired'
import type { DaemonFacts } from '../facts/facts'
import type { Side } from '../mesh/pair'
import {
  IPSEC_D,
  OWN_KEY,
  OWN_MARK,
  OWN_PUBLIC,
  STARTER_KEY,
  STARTER_KEYS,
  STARTER_MARK,
  STARTER_PUBLIC,
  SWANCTL_CONF,
  SWANCTL_PUBLIC,
} from '../paths'
import { starterFiles } from './ipsec-conf-files'
import type { PairFiles } from './pair-files'
import type { ExchangeKind } from './programs'
import { swanctlFiles } from './swanctl'

/** How pairs are kept by one kind of daemon: where its files lie, and what stands in them. */
export interface Exchange {
  kind: ExchangeKind
  /** The folders of connections and of the peers' public keys. */
  connections: string
  keys: string
  /** The host's own key and its public half. */
  ownKey: string
  ownPublic: string
  /** Stands where Pollux made the key: only then it goes with the change that brought it. */
  ownMark: string
  /** Of a connection's file, how the two outer addresses are called there. */
  ends: { own: RegExp; peer: RegExp }
  filesOf(mesh: MeshWish, side: Side): PairFiles
}

/** Every daemon that Pollux sets up pairs by, in the order in which it would rather use them. */
export const exchanges: readonly Exchange[] = [
  {
    kind: 'swanctl',
    connections: SWANCTL_CONF,
    keys: SWANCTL_PUBLIC,
    ownKey: OWN_KEY,
    ownPublic: OWN_PUBLIC,
    ownMark: OWN_MARK,
    ends: { own: /^\s*local_addrs = ([0-9.]+)$/m, peer: /^\s*remote_addrs = ([0-9.]+)$/m },
    filesOf: swanctlFiles,
  },
  {
    kind: 'starter',
    connections: IPSEC_D,
    keys: STARTER_KEYS,
    ownKey: STARTER_KEY,
    ownPublic: STARTER_PUBLIC,
    ownMark: STARTER_MARK,
    ends: { own: /^\s*left=([0-9.]+)$/m, peer: /^\s*right=([0-9.]+)$/m },
    filesOf: starterFiles,
  },
]

/** That of a host's daemon; swanctl's where it has none, or one that Pollux sets up no pairs by. */
export function exchangeOf(daemon: Pick<DaemonFacts, 'kind'> | null): Exchange {
  const [swanctl, starter] = exchanges
  const found = daemon?.kind === 'starter' ? starter : swanctl
  if (!found) throw new Error('expected an exchange for each kind')
  return found
}
