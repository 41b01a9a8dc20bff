import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { work } from '@/lib/db'
import { forgetSecrets } from './forget-secrets'

/** How long a plan that nobody asked for approval is kept. */
const plannedDays = 7

/** Ends plans that were left alone for a week, and requests that nobody decided in that time. Returns how many. */
export async function expireChanges(ctx: Ctx, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - plannedDays * 86_400_000)
  return work(async (tx) => {
    const old = await tx.change.findMany({
      where: { state: { in: ['planned', 'asked', 'stale'] }, askedAt: { lt: before } },
      select: { id: true, title: true },
    })
    for (const { id, title } of old) {
      const detail = `Nobody decided on it for ${plannedDays} days. Nothing was touched.`
      await tx.change.update({ where: { id }, data: { state: 'ended', outcome: 'expired', detail, endedAt: now } })
      await forgetSecrets(tx, id)
      await writeAudit(tx, ctx, {
        verb: 'expire change',
        object: 'change',
        objectId: String(id),
        label: `#${id} ${title}`,
      })
    }
    return old.length
  })
}
