import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { openPlan } from '@/lib/changes/plan-record'
import { type StandingChange, standingChanges } from '@/lib/changes/standing-changes'
import { read, type Tx } from '@/lib/db'

/** What an agent's last change that stands on a host asked for, and when. */
export interface StandingWish {
  changeId: number
  hostId: string
  desired: unknown
  startedAt: Date
  endedAt: Date
}

/** Of each of these hosts, the agent's change that stands there; none where it was taken back. Two queries. */
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
    return [{ changeId: change.changeId, hostId: change.hostId, desired: wishOf(change), startedAt, endedAt }]
  })
}

/** In a composed change each agent has a wish of its own. */
function wishOf({ agentId, sealedPlan }: StandingChange): unknown {
  const { plan, desired, first = [] } = openPlan(sealedPlan)
  return plan.agent.id === agentId ? desired : first.find((each) => each.agentId === agentId)?.desired
}
