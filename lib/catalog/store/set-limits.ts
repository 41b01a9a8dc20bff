import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { changedFields } from '@/lib/inventory/changed-fields'
import { parseLimits } from './limits'
import { catalogNotFound } from './not-found'

const typed = z
  .string()
  .trim()
  .transform((text, ctx) => {
    if (text === '') return null
    const value = Number(text)
    if (/^\d{1,9}$/.test(text) && value >= 1) return value
    ctx.addIssue({ code: 'custom', message: 'Expected a whole number from 1 on, or nothing to look at it no more.' })
    return z.NEVER
  })

/** As typed; an empty field switches its figure off. */
export const SetLimitsInput = z.object({
  catalogId: z.string().min(1),
  errors: typed,
  mounts: typed,
  writes: typed,
  ageDays: typed,
})

/** Says from which figures on a volume of a catalog is worth a look. Throws `not-found`, and `invalid` with its field. */
export async function setLimits(ctx: Ctx, input: z.output<typeof SetLimitsInput>): Promise<void> {
  authorize(ctx, 'edit catalogs')
  const { catalogId, ...limits } = input
  await work(async (tx) => {
    const row = await tx.catalog.findUnique({ where: { id: catalogId } })
    if (!row) throw catalogNotFound(catalogId)
    const changes = changedFields({ ...parseLimits(row.limits) }, limits)
    if (Object.keys(changes).length === 0) return
    await tx.catalog.update({ where: { id: catalogId }, data: { limits: JSON.stringify(limits) } })
    await writeAudit(tx, ctx, {
      verb: 'set limits of volumes',
      object: 'catalog',
      objectId: catalogId,
      label: row.name,
      detail: { changes },
    })
  })
}
