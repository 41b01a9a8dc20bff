import { type StandingMesh, standingMeshes } from '@/agents/ipsec/view'
import type { Ctx } from '@/lib/auth/actor'
import { listAppliedWishes } from '@/lib/changes/list-applied-wishes'

/** The meshes that stand, as the last applied change of each made it. One query. */
export async function readMeshes(ctx: Ctx): Promise<readonly StandingMesh[]> {
  return standingMeshes(await listAppliedWishes(ctx, 'ipsec'))
}
