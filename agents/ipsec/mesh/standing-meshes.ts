import { ipsecDesired, type MeshWish } from '../desired'

/** A mesh as the last change that stands made it. */
export interface StandingMesh extends Pick<MeshWish, 'tag' | 'name' | 'prefix' | 'profile' | 'members' | 'innerNames'> {
  changeId: number
  /** When that change ended, by Pollux's clock. */
  at: number
  /** Inner addresses of members who left, the longest gone first. */
  retired: string[]
}

/**
 * The meshes that stand, by their names. `wishes` are those of the agent's changes that were applied and not taken back, the
 * newest first; what Pollux of another version wrote and this one does not understand is left out.
 */
export function standingMeshes(
  wishes: readonly { changeId: number; desired: unknown; at: Date }[],
): readonly StandingMesh[] {
  const meshes = new Map<string, StandingMesh>()
  for (const { changeId, desired, at } of wishes.toReversed()) {
    const parsed = ipsecDesired.safeParse(desired)
    if (!parsed.success || parsed.data.kind !== 'mesh') continue
    const { tag, name, prefix, profile, members, innerNames } = parsed.data
    const before = meshes.get(tag)
    meshes.delete(tag)
    if (members.length === 0) continue
    const retired = retiredBy(before, members)
    meshes.set(tag, { tag, name, prefix, profile, members, innerNames, changeId, at: at.getTime(), retired })
  }
  return [...meshes.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.tag.localeCompare(b.tag))
}

function retiredBy(before: StandingMesh | undefined, members: MeshWish['members']): string[] {
  const had = new Set(members.map(({ inner }) => inner))
  const gone = [...(before?.retired ?? []), ...(before?.members ?? []).map(({ inner }) => inner)]
  return [...new Set(gone)].filter((inner) => !had.has(inner))
}
