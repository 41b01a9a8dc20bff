import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { checkAgain } from './live/watch-mesh'

export const CheckMeshInput = z.object({ tag: z.string().min(1).max(20) })

/** Begins the next look at a mesh now, where somebody watches it and none is under way. It reads what the page reads anyway. */
export async function checkMesh(ctx: Ctx, { tag }: z.output<typeof CheckMeshInput>): Promise<null> {
  authorize(ctx, 'read inventory')
  checkAgain(tag)
  return null
}
