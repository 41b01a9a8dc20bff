import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { loadLooks } from '@/lib/tuning/list-looks'
import type { TodayNeed } from './list-needs'

/** What came of a change is news for so long; then it stands on its own page alone. */
const newsMs = 3 * 24 * 3_600_000

/** What was found on looking again at changes whose evidence has just come. A constant number of queries. */
export async function listLookNeeds(ctx: Ctx, now: number): Promise<TodayNeed[]> {
  authorize(ctx, 'read inventory')
  const looks = await read(loadLooks)
  return looks
    .filter(({ readyAt }) => now - readyAt < newsMs)
    .map(({ agentId, hostId, hostName, subject, changeId, title, evidence, isGood }) => ({
      id: `look ${changeId} ${hostId}`,
      level: isGood ? ('decide' as const) : ('soon' as const),
      title: `${hostName}: ${title}`,
      evidence,
      href: `/hosts/${hostId}/${agentId}?server=${encodeURIComponent(subject)}`,
      act: 'See what came of it',
    }))
}
