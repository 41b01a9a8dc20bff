import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { log } from '@/lib/log'
import { logAuditHead } from './log-audit-head'
import { findRetention, keepRetention } from './retention'
import { anchorVerb, writeAudit } from './write-audit'

const dayMs = 24 * 60 * 60 * 1000

/** A clock that went on by more since the last look was set forward, or Pollux stood still: either way one look waits. */
const longestGapMs = 3 * dayMs

/**
 * Removes the rows that are older than the retention, from the front of the chain, and records it by a row that carries
 * the last removed row's number and MAC: the chain is verified from there. The newest row always stays, and so does
 * everything behind the first row that is young enough, so that a clock that once went wrong removes nothing in between.
 */
export async function trimAudit(ctx: Ctx, now = new Date()): Promise<{ removed: number }> {
  authorize(ctx, 'edit settings')
  const removed = await work(async (tx) => {
    const { days, ranAt } = await findRetention(tx)
    if (days === null) return 0
    await keepRetention(tx, { days, ranAt: now.getTime() })
    const gap = now.getTime() - ranAt
    if (gap < 0 || gap > longestGapMs) {
      log.warn(
        { lastLook: new Date(ranAt), now },
        'the clock was set, or Pollux stood still: no row is removed tonight',
      )
      return 0
    }
    const last = await lastOldRow(tx, new Date(now.getTime() - days * dayMs))
    if (!last) return 0
    const count = await tx.auditRow.count({ where: { id: { lte: last.id } } })
    const detail = { removed: count, keptDays: days, through: last.id, mac: last.mac }
    await writeAudit(tx, ctx, { verb: anchorVerb, object: 'setting', label: 'audit record', detail })
    await tx.auditRow.deleteMany({ where: { id: { lte: last.id } } })
    return count
  })
  if (removed > 0) await logAuditHead()
  return { removed }
}

/** The last of the rows at the front that are all older than the limit; null when there is none. */
async function lastOldRow(tx: Tx, limit: Date): Promise<{ id: number; mac: string } | null> {
  const select = { id: true, mac: true }
  const young = await tx.auditRow.findFirst({ where: { at: { gte: limit } }, orderBy: { id: 'asc' }, select })
  const stays = young ?? (await tx.auditRow.findFirst({ orderBy: { id: 'desc' }, select }))
  if (!stays) return null
  return tx.auditRow.findFirst({ where: { id: { lt: stays.id } }, orderBy: { id: 'desc' }, select })
}
