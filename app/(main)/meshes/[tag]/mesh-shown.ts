import type { StandingMesh } from '@/agents/ipsec/view'

/** A member as the browser needs it. */
export interface ShownMember {
  label: string
  /** Of its host. */
  name: string
  inner: string
}

/** A mesh as the browser needs it. */
export interface ShownMesh {
  tag: string
  name: string
  prefix: string
  profile: StandingMesh['profile']
  changeId: number
  /** When that change ended. */
  at: number
  members: readonly ShownMember[]
}

/** Of an inner address what tells it from the others of its mesh: ".7", or ".3.7" in a net that is larger than a /24. */
export function innerTail(inner: string, prefix: string): string {
  const bits = Number(prefix.split('/')[1])
  return inner
    .split('.')
    .slice(bits >= 24 ? 3 : bits >= 16 ? 2 : 1)
    .map((part) => `.${part}`)
    .join('')
}

/** What the browser gets of a mesh. `names` are the hosts', by their ids. */
export function shownMesh(mesh: StandingMesh, names: ReadonlyMap<string, string>): ShownMesh {
  const { tag, name, prefix, profile, changeId, at } = mesh
  const members = mesh.members.map(({ hostId, label, inner }) => ({ label, inner, name: names.get(hostId) ?? label }))
  return { tag, name, prefix, profile, changeId, at, members }
}
