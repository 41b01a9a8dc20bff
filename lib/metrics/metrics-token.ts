import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'

/** There is one at a time. */
const id = 'metrics'

export const NoInput = z.object({})

/** Makes the token with which a monitor reads /metrics, in place of an earlier one. It is shown once; its hash alone is kept. */
export async function makeMetricsToken(ctx: Ctx): Promise<{ token: string }> {
  authorize(ctx, 'edit settings')
  const token = randomBytes(32).toString('base64url')
  const createdBy = ctx.actor.name
  await work(async (tx) => {
    const data = { tokenHash: hashOf(token), createdBy, createdAt: new Date() }
    await tx.metricsToken.upsert({ where: { id }, create: { id, ...data }, update: data })
    await writeAudit(tx, ctx, { verb: 'make metrics token', object: 'setting', label: 'metrics' })
  })
  return { token }
}

/** Takes the token away: nobody reads /metrics any more. */
export async function removeMetricsToken(ctx: Ctx): Promise<void> {
  authorize(ctx, 'edit settings')
  await work(async (tx) => {
    const { count } = await tx.metricsToken.deleteMany({ where: { id } })
    if (count > 0) await writeAudit(tx, ctx, { verb: 'remove metrics token', object: 'setting', label: 'metrics' })
  })
}

/** Who made the token and when; null where there is none. */
export async function metricsTokenMade(ctx: Ctx): Promise<{ createdBy: string; createdAt: Date } | null> {
  authorize(ctx, 'edit settings')
  return read((tx) => tx.metricsToken.findUnique({ where: { id }, select: { createdBy: true, createdAt: true } }))
}

/** Whether an Authorization header carries the token (RFC 6750). It takes the same time for every wrong one. */
export async function isMetricsToken(header: string | null): Promise<boolean> {
  const token = /^Bearer ([A-Za-z0-9_-]{1,200})$/.exec(header ?? '')?.[1] ?? ''
  const kept = await read((tx) => tx.metricsToken.findUnique({ where: { id }, select: { tokenHash: true } }))
  const expected = Buffer.from(kept?.tokenHash ?? hashOf(randomBytes(32).toString('hex')))
  return timingSafeEqual(Buffer.from(hashOf(token)), expected)
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
