import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'

const dayMs = 24 * 60 * 60 * 1000

/** All of so many days are kept, then one a day up to the second bound. */
export const keepAllDays = 7
export const keepDailyDays = 90

/** Deletes old readings by the rule of retention and records how many; nothing is written when none is due. */
export async function trimFacts(ctx: Ctx, now = new Date()): Promise<{ removed: number }> {
  authorize(ctx, 'edit settings')
  const dense = new Date(now.getTime() - keepAllDays * dayMs)
  const oldest = new Date(now.getTime() - keepDailyDays * dayMs)
  return work(async (tx) => {
    const { count: tooOld } = await tx.factsReading.deleteMany({ where: { takenAt: { lt: oldest } } })
    const rows = await tx.factsReading.findMany({
      where: { takenAt: { gte: oldest, lt: dense } },
      select: { id: true, hostId: true, tier: true, takenAt: true },
      orderBy: { takenAt: 'asc' },
    })
    const surplus = surplusOf(rows)
    for (let from = 0; from < surplus.length; from += 500)
      await tx.factsReading.deleteMany({ where: { id: { in: surplus.slice(from, from + 500) } } })
    const removed = tooOld + surplus.length
    if (removed > 0) {
      const detail = { removed, tooOld, thinned: surplus.length, keepAllDays, keepDailyDays }
      await writeAudit(tx, ctx, { verb: 'trim facts', object: 'setting', label: 'facts history', detail })
    }
    return { removed }
  })
}

/** All but the first of each host, tier and UTC day. */
function surplusOf(rows: readonly { id: string; hostId: string; tier: string; takenAt: Date }[]): string[] {
  const kept = new Set<string>()
  return rows.flatMap((row) => {
    const day = `${row.hostId} ${row.tier} ${row.takenAt.toISOString().slice(0, 10)}`
    if (kept.has(day)) return [row.id]
    kept.add(day)
    return []
  })
}
