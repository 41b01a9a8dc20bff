import type { StandingMesh } from '@/agents/ipsec/view'
import type { DriftItem } from '@/lib/changes/list-drift'

/** What drifted on the members of a mesh that is about this mesh, or about what its hosts need: of no other mesh. */
export function driftOfMesh(
  mesh: StandingMesh,
  meshes: readonly StandingMesh[],
  drift: readonly DriftItem[],
): DriftItem[] {
  const members = new Set(mesh.members.map(({ hostId }) => hostId))
  const others = new Set(meshes.filter(({ tag }) => tag !== mesh.tag).map(({ changeId }) => changeId))
  return drift.filter(
    ({ agentId, hostId, changeId }) => agentId === 'ipsec' && members.has(hostId) && !others.has(changeId),
  )
}
