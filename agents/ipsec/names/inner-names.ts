import { blockIn, putBlock, removeBlock } from '@/lib/agent/marked-block'
import type { MeshWish } from '../desired'
import type { Mesh } from '../mesh/names'

export const HOSTS = '/etc/hosts'

/** What a mesh needs to have told for its names. */
export type Named = Pick<MeshWish, 'tag' | 'members' | 'innerNames'>

/** "web1.cloud": what a member is called inside the mesh. */
export function innerName({ tag }: Mesh, { label }: { label: string }): string {
  return `${label}.${tag}`
}

const blockName = ({ tag }: Mesh) => `inner names of ${tag}`

/** The lines of hosts(5), the same on every member, its own among them; in the members' order. */
function linesOf(mesh: Named): string {
  return mesh.members.map((member) => `${member.inner}\t${innerName(mesh, member)}\n`).join('')
}

/** What /etc/hosts says between the marks of this mesh; null where it has no such block. */
export function namesIn(bytes: string, mesh: Mesh): string | null {
  return blockIn(bytes, blockName(mesh))
}

/** What must stand there on a host: null on one that is no member, or where no names are wished. */
export function namesWanted(mesh: Named, hostId: string): string | null {
  const isMember = mesh.members.some((member) => member.hostId === hostId)
  return mesh.innerNames && isMember ? linesOf(mesh) : null
}

/** The file with these names (null: without any) in the block of the mesh, where it stands; every other byte as it is. */
export function withNames(bytes: string, mesh: Mesh, names: string | null): string {
  return names === null ? (removeBlock(bytes, blockName(mesh)) ?? bytes) : putBlock(bytes, blockName(mesh), names)
}

/** Lines beside the block that give one of the mesh's names another address: the resolver would take both, or theirs. */
export function otherAddresses(bytes: string, mesh: Named): { name: string; address: string; line: number }[] {
  const inner = new Map(mesh.members.map((member) => [innerName(mesh, member), member.inner]))
  const others = withNames(bytes, mesh, null)
  return others.split('\n').flatMap((text, at) => {
    const [address = '', ...names] = text.replace(/#.*$/, '').trim().split(/\s+/)
    return names.flatMap((name) => {
      const own = inner.get(name.toLowerCase())
      return own === undefined || own === address ? [] : [{ name, address, line: at + 1 }]
    })
  })
}
