import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { readEpochs } from './epochs'
import { chainMac } from './write-audit'

export interface AuditVerdict {
  /** How many rows fit, from the first one on. */
  good: number
  /** The newest row that fits. Noted elsewhere, it shows later whether rows at the end were taken away. */
  head: { id: number; mac: string } | null
  /** The first row that does not: it, or what stood before it, was changed or taken away. */
  broken: { id: number; at: Date; actor: string; verb: string; label: string } | null
  /** Whether the row that was noted earlier still stands there as it was; null when none was asked for. */
  stands: boolean | null
}

/** A row as it was noted elsewhere: in the log, or from an earlier walk. */
export interface NotedRow {
  id: number
  mac: string
}

const batch = 1_000

/**
 * Walks the audit chain from its first row, in steps of a thousand rows, and stops at the first that does not fit.
 * Rows from before a rotation of the sealing key are verified by the key of their time (`rotateKey`). The chain alone cannot tell that rows at its end were taken away: `noted` is a row that must be among those that fit.
 */
export async function verifyAudit(ctx: Ctx, noted?: NotedRow): Promise<AuditVerdict> {
  authorize(ctx, 'read audit')
  const keyOf = await readEpochs()
  let good = 0
  let stands = noted ? false : null
  let head: AuditVerdict['head'] = null
  for (;;) {
    const after: number = head?.id ?? 0
    const rows = await read((tx) =>
      tx.auditRow.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: batch }),
    )
    for (const row of rows) {
      if (!isSame(row.mac, chainMac(head?.mac ?? '', row, keyOf(row.id)))) {
        const { id, at, actor, verb, label } = row
        return { good, head, broken: { id, at, actor, verb, label }, stands }
      }
      good += 1
      head = { id: row.id, mac: row.mac }
      if (noted?.id === row.id) stands = isSame(row.mac, noted.mac)
    }
    if (rows.length < batch) return { good, head, broken: null, stands }
  }
}

function isSame(kept: string, computed: string): boolean {
  const [a, b] = [Buffer.from(kept), Buffer.from(computed)]
  return a.length === b.length && timingSafeEqual(a, b)
}
