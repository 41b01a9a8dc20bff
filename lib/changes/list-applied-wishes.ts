import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { openPlan, wishIn } from './plan-record'

/** What a change asked of an agent, and when it came to stand. */
export interface AppliedWish {
  changeId: number
  desired: unknown
  at: Date
}

const applied = { in: ['applied', 'applied-unverified'] }

/**
 * What an agent's changes asked for that were applied and are not taken back, the newest first, whatever hosts they are
 * about. What took another one back is not among them; where that itself was taken back, the first stands again. One query.
 */
export async function listAppliedWishes(ctx: Ctx, agentId: string): Promise<AppliedWish[]> {
  authorize(ctx, 'read inventory')
  const changes = await read((tx) =>
    tx.change.findMany({
      where: { agentId, outcome: applied },
      orderBy: { id: 'desc' },
      take: 500,
      select: { id: true, revertsId: true, sealedPlan: true, askedAt: true, committedAt: true, endedAt: true },
    }),
  )
  const stands = (id: number): boolean => !changes.some((other) => other.revertsId === id && stands(other.id))
  return changes
    .filter(({ id, revertsId }) => revertsId === null && stands(id))
    .map(({ id, sealedPlan, askedAt, committedAt, endedAt }) => ({
      changeId: id,
      desired: wishIn(openPlan(sealedPlan), agentId)?.desired,
      at: endedAt ?? committedAt ?? askedAt,
    }))
}
