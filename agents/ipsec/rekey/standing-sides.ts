import { type PlanHost, refuse } from '@/lib/agent'
import type { IpsecFacts } from '../facts/facts'
import { type KeptPair, keptPairs } from '../ike/kept-pairs'
import { pairName } from '../mesh/names'

type Host = PlanHost<IpsecFacts>

/** One side of a pair that stands, by what its host says: the side that begins. */
export interface StandingSide {
  host: Host
  peer: Host
  /** The connection, its child and the tunnel's device, on `host`. */
  name: string
  pair: KeptPair
  /** The peer's address inside the mesh, and what its tunnel takes in bytes. */
  inner: string
  mtu: number
}

/**
 * Of every pair of the mesh among these hosts the side that begins: of both ends the one whose label comes first, as when
 * the pair was made. A host's files name the other's label alone, so both ends must be among the hosts.
 * Throws `invalid` where a pair has no tunnel to try the new key in.
 */
export function standingSides(hosts: readonly Host[], tag: string): StandingSide[] {
  const all = hosts.flatMap((host) =>
    keptPairs(host.facts.files)
      .filter((pair) => pair.tag === tag)
      .map((pair) => ({ host, pair })),
  )
  const byEnds = new Map(all.map((one) => [`${one.pair.own} ${one.pair.peer}`, one]))
  return all.flatMap(({ host, pair }) => {
    const other = byEnds.get(`${pair.peer} ${pair.own}`)
    return other && other.pair.label < pair.label ? [sideOf(host, other.host, pair)] : []
  })
}

function sideOf(host: Host, peer: Host, pair: KeptPair): StandingSide {
  const name = pairName({ tag: pair.tag }, { label: pair.label })
  const { tunnels, devices } = host.facts
  const mtu = tunnels.find((tunnel) => tunnel.name === name && tunnel.isUp)?.mtu
  const addresses = devices.find((device) => device.name === name)?.addresses ?? []
  const inner = addresses.find((address) => address.family === 4 && address.peer !== null)?.peer
  if (mtu === undefined || !inner)
    throw refuse(
      `The tunnel ${name} on ${host.name} is not up, so that a new key could not be tried. Apply the mesh's change again first.`,
    )
  return { host, peer, name, pair, inner, mtu }
}
