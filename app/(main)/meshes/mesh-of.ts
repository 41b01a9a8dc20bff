import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { StandingMesh } from '@/agents/ipsec/view'
import { pageCtx } from '@/lib/action'
import type { Ctx } from '@/lib/auth/actor'
import { can } from '@/lib/auth/rights'
import { AppError } from '@/lib/errors'
import { readMeshes } from './read-meshes'

export interface MeshOfPage {
  ctx: Ctx
  mesh: StandingMesh
  /** All that stand, this one among them. */
  meshes: readonly StandingMesh[]
  mayPlan: boolean
}

/** The mesh of a page, loaded once per request; one that does not stand is the 404 page. */
export const meshOf = cache(async (tag: string): Promise<MeshOfPage> => {
  const ctx = await pageCtx('read inventory')
  const meshes = await readMeshes(ctx)
  const mesh = meshes.find((one) => one.tag === tag)
  if (!mesh) notFound()
  return { ctx, mesh, meshes, mayPlan: can(ctx.actor, 'plan a change') }
})

/** The mesh of that tag. Throws AppError `not-found`. */
export async function getMesh(ctx: Ctx, tag: string): Promise<StandingMesh> {
  const mesh = (await readMeshes(ctx)).find((one) => one.tag === tag)
  if (mesh) return mesh
  throw new AppError('not-found', `expected the mesh ${tag}, got none`, {
    userMessage: 'There is no such mesh. It may have been removed.',
  })
}
