import type { MeshMember, MeshWish } from '../desired'

/** What a mesh is called on a host. Every name of a pair is made of the mesh's tag and the other member's label. */
export type Mesh = Pick<MeshWish, 'tag'>
export type Peer = Pick<MeshMember, 'label'>

/** "cloud-web1": the connection, its child, and the tunnel's device (15 characters at most). */
export function pairName({ tag }: Mesh, { label }: Peer): string {
  return `${tag}-${label}`
}

/** The front of every file that Pollux makes for a mesh. */
export function ownFront({ tag }: Mesh): string {
  return `pollux-${tag}-`
}

/** "pollux-cloud-web1" */
export function ownName(mesh: Mesh, { label }: Peer): string {
  return `${ownFront(mesh)}${label}`
}

/** What a plan calls that it rests on a file. */
export function fileBasisName(path: string): string {
  return `file ${path}`
}

/** What a plan calls that it rests on a host's public key. */
export const KEY_BASIS = 'public key'
