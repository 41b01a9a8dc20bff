import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { seal } from '@/lib/secrets/seal'
import { passwordPlace } from './catalog-place'
import type { CatalogReport } from './catalog-report'
import { CatalogDescription, PlaceInput } from './place-input'
import { resolvePlace } from './resolve-place'
import { reportOf } from './test-catalog'

/** `isZoneRead`: the zone stands on the director's host and was not changed by the person. */
export const AddCatalogInput = CatalogDescription.extend({ place: PlaceInput, isZoneRead: z.boolean() })

/**
 * Keeps a catalog after a test that went well; the password is sealed. Throws what `testCatalog` throws, and `invalid` for a name
 * that is taken.
 */
export async function addCatalog(
  ctx: Ctx,
  input: z.input<typeof AddCatalogInput>,
): Promise<{ catalogId: string; report: CatalogReport }> {
  authorize(ctx, 'edit catalogs')
  const { place, isZoneRead, ...description } = parseInput(AddCatalogInput, input)
  const resolved = await resolvePlace(place)
  const report = await reportOf(resolved, description.zone)
  const catalogId = randomUUID()
  const { columns, password } = resolved
  await work(async (tx) => {
    await refuseTakenCatalogName(tx, description.name)
    await refuseUnknownDirector(tx, description.directorHostId)
    await tx.catalog.create({
      data: {
        id: catalogId,
        ...description,
        ...columns,
        sealedPassword: password === null ? null : seal(password, passwordPlace(catalogId)),
        zoneSource: isZoneRead ? 'host' : 'told',
        product: report.schema.product,
        schemaVersion: report.schema.versionId,
      },
    })
    await writeAudit(tx, ctx, {
      verb: 'add catalog',
      object: 'catalog',
      objectId: catalogId,
      label: description.name,
      detail: { ...columns, zone: description.zone, schema: report.schema.name },
    })
  })
  return { catalogId, report }
}

/** Throws AppError `invalid` when another catalog has this name, in any case. */
export async function refuseTakenCatalogName(tx: Tx, name: string, exceptId?: string): Promise<void> {
  const others = await tx.catalog.findMany({ where: { id: { not: exceptId ?? '' } }, select: { name: true } })
  const same = others.find((other) => other.name.toLowerCase() === name.toLowerCase())
  if (same) throw fieldError('name', `There is a catalog called ${same.name} already. Give this one another name.`)
}

/** Throws AppError `invalid` when the host of the director is not in the inventory. */
export async function refuseUnknownDirector(tx: Tx, hostId: string | null): Promise<void> {
  if (hostId === null) return
  const host = await tx.host.findUnique({ where: { id: hostId }, select: { id: true } })
  if (!host) throw fieldError('directorHostId', 'This host is not in the inventory any more. Choose another one.')
}
