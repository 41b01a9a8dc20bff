import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { wishIn } from '@/lib/changes/plan-record'
import { standingChanges } from '@/lib/changes/standing-changes'
import { read, type Tx } from '@/lib/db'

/** What an agent's change that stands on a host asked for, and when. */
export interface StandingWish {
  changeId: number
  hostId: string
  desired: unknown
  startedAt: Date
  endedAt: Date
}

/** Of each of these hosts, the agent's changes that stand there, the newest first: one of each scope. Two queries. */
export async function listStandingWishes(ctx: Ctx, agentId: string, hostIds: readonly string[]) {
  authorize(ctx, 'read inventory')
  return read((tx) => loadStandingWishes(tx, agentId, hostIds))
}

/** The same inside the caller's transaction. */
export async function loadStandingWishes(tx: Tx, agentId: string, hostIds: readonly string[]): Promise<StandingWish[]> {
  if (hostIds.length === 0) return []
  const standing = (await standingChanges(tx, hostIds)).filter((change) => change.agentId === agentId)
  const times = await tx.change.findMany({
    where: { id: { in: standing.map(({ changeId }) => changeId) } },
    select: { id: true, askedAt: true, startedAt: true, committedAt: true, endedAt: true },
  })
  const timesOf = new Map(times.map((change) => [change.id, change]))
  return standing.flatMap((change) => {
    const of = timesOf.get(change.changeId)
    if (!of) return []
    const startedAt = of.startedAt ?? of.askedAt
    const endedAt = of.endedAt ?? of.committedAt ?? startedAt
    const { changeId, hostId, record } = change
    return [{ changeId, hostId, desired: wishIn(record, agentId)?.desired, startedAt, endedAt }]
  })
}
