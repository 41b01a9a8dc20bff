import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { changedFields } from '@/lib/inventory/changed-fields'
import { refuseOldVersion } from '@/lib/inventory/refuse-old-version'
import { seal } from '@/lib/secrets/seal'
import { refuseTakenCatalogName, refuseUnknownDirector } from './add-catalog'
import { passwordPlace } from './catalog-place'
import type { CatalogReport } from './catalog-report'
import { catalogNotFound } from './not-found'
import { CatalogDescription, PlaceInput } from './place-input'
import { type PlaceColumns, resolvePlace } from './resolve-place'
import { reportOf } from './test-catalog'

/** `version` is that of the catalog the form was filled from. */
const edited = { catalogId: z.string().min(1), version: z.number().int() }

/** Fields left out stay as they are. */
export const EditCatalogInput = CatalogDescription.partial().extend(edited)

/** Changes what a catalog is called, its zone, and where its director is; never where it is or who reads it. */
export async function editCatalog(ctx: Ctx, input: z.input<typeof EditCatalogInput>): Promise<void> {
  authorize(ctx, 'edit catalogs')
  const { catalogId, version, ...wished } = parseInput(EditCatalogInput, input)
  await work(async (tx) => {
    const before = await storedCatalog(tx, catalogId)
    refuseOldVersion(before, version)
    if (wished.name !== undefined) await refuseTakenCatalogName(tx, wished.name, catalogId)
    if (wished.directorHostId !== undefined) await refuseUnknownDirector(tx, wished.directorHostId)
    const changes = changedFields(before, wished)
    if (Object.keys(changes).length === 0) return
    const zoneSource = 'zone' in changes ? { zoneSource: 'told' } : {}
    await tx.catalog.update({
      where: { id: catalogId },
      data: { ...wished, ...zoneSource, version: { increment: 1 } },
    })
    await writeAudit(tx, ctx, {
      verb: 'edit catalog',
      object: 'catalog',
      objectId: catalogId,
      label: wished.name ?? before.name,
      detail: { changes },
    })
  })
}

export const MoveCatalogInput = z.object({ ...edited, place: PlaceInput })

/**
 * Changes where a catalog is and who reads it, after a test that went well. Throws what `testCatalog` throws, `conflict` when
 * somebody else edited it meanwhile or it is a sample.
 */
export async function moveCatalog(ctx: Ctx, input: z.input<typeof MoveCatalogInput>): Promise<CatalogReport> {
  authorize(ctx, 'edit catalogs')
  const { catalogId, version, place } = parseInput(MoveCatalogInput, input)
  const resolved = await resolvePlace(place)
  const { zone } = await work((tx) => storedCatalog(tx, catalogId))
  const report = await reportOf(resolved, zone)
  const { columns, password } = resolved
  await work(async (tx) => {
    const before = await storedCatalog(tx, catalogId)
    refuseOldVersion(before, version)
    if (before.way === 'sample')
      throw new AppError('conflict', 'expected a catalog of somebody, got a sample', {
        userMessage: 'A sample has no other place. Connect a catalog of your own instead.',
      })
    await tx.catalog.update({
      where: { id: catalogId },
      data: {
        ...columns,
        sealedPassword: password === null ? null : seal(password, passwordPlace(catalogId)),
        product: report.schema.product,
        schemaVersion: report.schema.versionId,
        version: { increment: 1 },
      },
    })
    const isPasswordNew = 'account' in place && place.account.kind !== 'stored'
    await writeAudit(tx, ctx, {
      verb: 'move catalog',
      object: 'catalog',
      objectId: catalogId,
      label: before.name,
      detail: { changes: changedFields(placeOf(before), { ...columns }), passwordGivenAnew: isPasswordNew },
    })
  })
  return report
}

export const SetZoneInput = z.object({ ...edited, zone: CatalogDescription.shape.zone })

/** Says in which time zone the director writes its times. */
export async function setZone(ctx: Ctx, input: z.input<typeof SetZoneInput>): Promise<void> {
  await editCatalog(ctx, parseInput(SetZoneInput, input))
}

async function storedCatalog(tx: Tx, catalogId: string) {
  const row = await tx.catalog.findUnique({ where: { id: catalogId } })
  if (!row) throw catalogNotFound(catalogId)
  return row
}

function placeOf(row: { [Key in keyof PlaceColumns]: unknown }): Record<string, unknown> {
  const { way, dialect, hostId, address, port, database, login, tls, tlsCa, path } = row
  return { way, dialect, hostId, address, port, database, login, tls, tlsCa, path }
}
