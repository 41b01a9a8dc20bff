import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { samplePath } from './catalog-place'
import { catalogNotFound } from './not-found'

/** `typedName` is the catalog's name as the person typed it to go on. */
export const RemoveCatalogInput = z.object({ catalogId: z.string().min(1), typedName: z.string() })

/** Forgets a catalog, with what was kept of its history; the catalog itself is not touched. The file of a sample goes. */
export async function removeCatalog(ctx: Ctx, input: z.input<typeof RemoveCatalogInput>): Promise<void> {
  authorize(ctx, 'edit catalogs')
  const { catalogId, typedName } = parseInput(RemoveCatalogInput, input)
  const isSample = await work(async (tx) => {
    const row = await tx.catalog.findUnique({
      where: { id: catalogId },
      select: { name: true, way: true, dialect: true, hostId: true, address: true, database: true, path: true },
    })
    if (!row) throw catalogNotFound(catalogId)
    const { name, ...place } = row
    if (typedName.trim() !== name) throw fieldError('typedName', `Type ${name} to go on.`)
    await tx.catalog.delete({ where: { id: catalogId } })
    await writeAudit(tx, ctx, {
      verb: 'remove catalog',
      object: 'catalog',
      objectId: catalogId,
      label: name,
      detail: place,
    })
    return row.way === 'sample'
  })
  if (isSample) await rm(samplePath(catalogId), { force: true })
}
