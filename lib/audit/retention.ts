import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx, work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { writeAudit } from './write-audit'

export const shortestRetentionDays = 30
const longestRetentionDays = 36_500

const key = 'audit-retention'

/** As it is kept. `ranAt`: when old rows were looked for last, in ms. */
const Kept = z.object({ days: z.int().nullable(), ranAt: z.number() })
export type AuditRetention = z.output<typeof Kept>

export const SetAuditRetentionInput = z.object({
  /** Null keeps every row. */
  days: z
    .int('Type a whole number of days.')
    .min(shortestRetentionDays, `Keep at least ${shortestRetentionDays} days.`)
    .max(longestRetentionDays, `Keep at most ${longestRetentionDays} days, or every row.`)
    .nullable(),
})

/** For how many days rows of the record are kept; null: for good, which is so until an admin says otherwise. */
export async function getAuditRetention(ctx: Ctx): Promise<{ days: number | null }> {
  authorize(ctx, 'read audit')
  const { days } = await read(findRetention)
  return { days }
}

/** Says for how many days rows are kept. Nothing is removed by this itself; the nightly work does, and records it. */
export async function setAuditRetention(
  ctx: Ctx,
  input: z.input<typeof SetAuditRetentionInput>,
  now = new Date(),
): Promise<void> {
  authorize(ctx, 'edit settings')
  const { days } = parseInput(SetAuditRetentionInput, input)
  await work(async (tx) => {
    const before = await findRetention(tx)
    if (before.days === days) return
    await keepRetention(tx, { days, ranAt: now.getTime() })
    const told = (kept: number | null) => kept ?? 'for good'
    const detail = { days: { before: told(before.days), after: told(days) } }
    await writeAudit(tx, ctx, { verb: 'set audit retention', object: 'setting', label: 'audit record', detail })
  })
}

/** What is kept of it in the store. */
export async function findRetention(tx: Tx): Promise<AuditRetention> {
  const row = await tx.setting.findUnique({ where: { key } })
  return row ? Kept.parse(JSON.parse(row.value)) : { days: null, ranAt: 0 }
}

export async function keepRetention(tx: Tx, kept: AuditRetention): Promise<void> {
  const value = JSON.stringify(kept)
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}
