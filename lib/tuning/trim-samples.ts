import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'

const dayMs = 24 * 60 * 60 * 1000

/** All of so many days are kept, then one a day up to the second bound. */
export const keepAllDays = 14
export const keepDailyDays = 90

/**
 * Deletes old samples and records how many. Of a day the last stays: it has counted longest, and of a change it is the one
 * before, or one since.
 */
export async function trimSamples(ctx: Ctx, now = new Date()): Promise<{ removed: number }> {
  authorize(ctx, 'edit settings')
  const dense = new Date(now.getTime() - keepAllDays * dayMs)
  const oldest = new Date(now.getTime() - keepDailyDays * dayMs)
  return work(async (tx) => {
    const { count: tooOld } = await tx.tuningSample.deleteMany({ where: { at: { lt: oldest } } })
    const rows = await tx.tuningSample.findMany({
      where: { at: { gte: oldest, lt: dense } },
      select: { id: true, hostId: true, agentId: true, subject: true, at: true },
      orderBy: { at: 'desc' },
    })
    const surplus = surplusOf(rows)
    for (let from = 0; from < surplus.length; from += 500)
      await tx.tuningSample.deleteMany({ where: { id: { in: surplus.slice(from, from + 500) } } })
    const removed = tooOld + surplus.length
    if (removed > 0) {
      const detail = { removed, tooOld, thinned: surplus.length, keepAllDays, keepDailyDays }
      await writeAudit(tx, ctx, { verb: 'trim samples', object: 'setting', label: 'samples of tuned servers', detail })
    }
    return { removed }
  })
}

interface Row {
  id: number
  hostId: string
  agentId: string
  subject: string
  at: Date
}

/** All but the first of each thing and UTC day. */
function surplusOf(rows: readonly Row[]): number[] {
  const kept = new Set<string>()
  return rows.flatMap(({ id, hostId, agentId, subject, at }) => {
    const day = JSON.stringify([hostId, agentId, subject, at.toISOString().slice(0, 10)])
    if (kept.has(day)) return [id]
    kept.add(day)
    return []
  })
}
