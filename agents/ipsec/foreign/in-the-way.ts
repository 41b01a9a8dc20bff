import type { MeshMember } from '../desired'
import { numberOf, rangeOf } from '../mesh/address-net'
import { type Mesh, pairName } from '../mesh/names'
import type { Ends, Foreign } from './foreign'

/** A host's own end of a mesh and the others'. */
export interface OwnEnds {
  mesh: Mesh
  own: Pick<MeshMember, 'outer'>
  peers: readonly Pick<MeshMember, 'label' | 'outer'>[]
}

/** What of a thing says whether it is in the way. */
type Judged = Pick<Foreign, 'kind' | 'name' | 'ends' | 'isActive' | 'takesTunnels'>

/** Why a thing and a mesh cannot both stand on a host, a sentence; null where they can, beside each other. */
export function reasonAgainst(foreign: Judged, { mesh, own, peers }: OwnEnds): string | null {
  if (!foreign.isActive) return null
  const namesake = peers.some((peer) => pairName(mesh, peer) === foreign.name)
  const between = (peer: Pick<MeshMember, 'outer'>) => `${own.outer} and ${peer.outer}`
  switch (foreign.kind) {
    case 'swanctl':
    case 'ipsec.conf': {
      if (foreign.kind === 'swanctl' && namesake)
        return 'strongSwan would join its sections with those of the mesh, which have the same name.'
      const peer = peers.find(({ outer }) => foreign.ends.some((ends) => isBetween(ends, own.outer, outer)))
      return peer
        ? `It is between ${between(peer)} as well: the daemon may answer by it, and its policy takes what the tunnel sends.`
        : null
    }
    case 'setkey':
    case 'policy': {
      if (!foreign.takesTunnels) return null
      const peer = peers.find(({ outer }) => foreign.ends.some((ends) => isBetween(ends, own.outer, outer)))
      return peer ? `It takes what a tunnel between ${between(peer)} sends.` : null
    }
    case 'tunnel': {
      if (namesake) return 'The mesh needs that name for a tunnel of its own.'
      const isSame = (outer: string) =>
        foreign.ends.some(({ local, remote }) => local?.[0] === own.outer && remote?.[0] === outer)
      const peer = peers.find(({ outer }) => isSame(outer))
      return peer ? `The kernel takes no second tunnel between ${between(peer)}.` : null
    }
    case 'loaded':
      return foreign.takesTunnels && !namesake
        ? 'strongSwan drops it as soon as it reads its files anew, which a change of a mesh has it do.'
        : null
  }
}

/** Whether its ends hold both addresses; one that anybody may be on the other side of is beside the pairs that are named. */
function isBetween({ local, remote }: Ends, own: string, peer: string): boolean {
  return (local === null || holds(local, own)) && remote !== null && holds(remote, peer)
}

function holds(nets: readonly string[], address: string): boolean {
  const number = numberOf(address)
  return nets.some((net) => {
    const range = rangeOf(net)
    return range !== null && number !== null && range.first <= number && number <= range.last
  })
}
