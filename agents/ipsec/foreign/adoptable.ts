import type { IpsecFacts } from '../facts/facts'
import { addressOf, rangeOf } from '../mesh/address-net'
import { tunnelsOf } from '../tunnel/tunnel'
import { foreignOf } from './foreign-of'

/** A tunnel of somebody else's whose inner addresses a mesh could go on with, once it is replaced. */
export interface Adoptable {
  /** Of `foreignOf`: for the deed that replaces it. */
  id: string
  tunnel: string
  ownOuter: string
  peerOuter: string
  ownInner: string
  /** Null where the tunnel's address does not tell the other end. */
  peerInner: string | null
}

/**
 * What the tunnels that others made on a host would give a mesh: each inner address with the two outer ones. A member of a
 * mesh has one inner address, so that several of a host's own leave a choice. Pure.
 */
export function adoptable(facts: IpsecFacts): Adoptable[] {
  const tunnels = tunnelsOf(facts)
  return foreignOf(facts).flatMap(({ id, kind, name, fixed }): Adoptable[] => {
    const tunnel = tunnels.get(name)
    if (kind !== 'tunnel' || fixed !== null || !tunnel?.local || !tunnel.remote) return []
    const [first] = tunnel.addresses
    const [, ownInner = '', peer, prefix] = /^([^@/]+)(?:@([^/]+))?\/(\d+)$/.exec(first ?? '') ?? []
    if (ownInner === '') return []
    const peerInner = peer ?? otherOf(ownInner, Number(prefix))
    return [{ id, tunnel: name, ownOuter: tunnel.local, peerOuter: tunnel.remote, ownInner, peerInner }]
  })
}

/** The other address of a net of two (RFC 3021, or /30 with its first and last left out). */
function otherOf(own: string, prefix: number): string | null {
  const range = rangeOf(`${own}/${prefix}`)
  if (!range || prefix < 30 || prefix > 31) return null
  const pair = prefix === 31 ? [range.first, range.last] : [range.first + 1, range.last - 1]
  const other = pair.map(addressOf).find((address) => address !== own)
  return pair.map(addressOf).includes(own) ? (other ?? null) : null
}
