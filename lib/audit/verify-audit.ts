import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { readEpochs } from './epochs'
import { anchorVerb, chainMac } from './write-audit'

/** A row as it was noted: in the log, from an earlier walk, or by retention. */
export interface NotedRow {
  id: number
  mac: string
}

export interface AuditVerdict {
  /** How many rows fit, from the first one on. */
  good: number
  /** The newest row that fits. Noted elsewhere, it shows later whether rows at the end were taken away. */
  head: NotedRow | null
  /** The first row that does not: it, or what stood before it, was changed or taken away. */
  broken: { id: number; at: Date; actor: string; verb: string; label: string } | null
  /** The last row that retention removed; the chain begins behind it. Null where it begins with the first row ever. */
  removedThrough: number | null
  /** Noted rows that are not there as they were noted. Those that retention removed are not asked for. */
  missing: NotedRow[]
}

const batch = 1_000

/**
 * Walks the audit chain from its first row, in steps of a thousand rows, and stops at the first that does not fit.
 * Rows from before a rotation of the sealing key are verified by the key of their time (`rotateKey`). The chain alone cannot
 * tell that rows at its end were taken away, or that all of it was begun anew: `noted` are rows that must be among those
 * that fit.
 */
export async function verifyAudit(ctx: Ctx, noted: readonly NotedRow[] = []): Promise<AuditVerdict> {
  authorize(ctx, 'read audit')
  const [anchor, keyOf] = [await findAnchor(), await readEpochs()]
  const missing = new Map(noted.filter(({ id }) => id > (anchor?.id ?? 0)).map((row) => [`${row.id}:${row.mac}`, row]))
  let good = 0
  let head: NotedRow | null = null
  const verdict = (broken: AuditVerdict['broken']): AuditVerdict => ({
    ...{ good, head, broken, removedThrough: anchor?.id ?? null, missing: [...missing.values()] },
  })
  for (;;) {
    const before: NotedRow = head ?? anchor ?? { id: 0, mac: '' }
    const rows = await read((tx) =>
      tx.auditRow.findMany({ where: { id: { gt: head?.id ?? 0 } }, orderBy: { id: 'asc' }, take: batch }),
    )
    let last = before
    for (const row of rows) {
      // The first row ever has the number 1, and no number comes twice: so a chain that was begun anew shows, too.
      const isBegunAnew = last.id === 0 && row.id !== 1
      if (isBegunAnew || !isSame(row.mac, chainMac(last.mac, row, keyOf(row.id)))) {
        const { id, at, actor, verb, label } = row
        return verdict({ id, at, actor, verb, label })
      }
      good += 1
      last = head = { id: row.id, mac: row.mac }
      missing.delete(`${row.id}:${row.mac}`)
    }
    if (rows.length < batch) return verdict(null)
  }
}

const Anchor = z.object({ through: z.int().positive(), mac: z.string() })

/**
 * Where the chain begins: behind the last row that retention removed, as its newest row in the chain says. That row is
 * part of the walk, so a false one is found like any other.
 */
async function findAnchor(): Promise<NotedRow | null> {
  const row = await read((tx) =>
    tx.auditRow.findFirst({ where: { verb: anchorVerb }, orderBy: { id: 'desc' }, select: { detail: true } }),
  )
  const found = Anchor.safeParse(jsonOf(row?.detail ?? ''))
  return found.success ? { id: found.data.through, mac: found.data.mac } : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isSame(kept: string, computed: string): boolean {
  const [a, b] = [Buffer.from(kept), Buffer.from(computed)]
  return a.length === b.length && timingSafeEqual(a, b)
}
