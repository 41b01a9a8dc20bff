import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { parseInput } from '@/lib/errors/parse-input'
import { recordReach } from '@/lib/inventory/record-reach'
import { withReader } from '@/lib/sql'
import type { CatalogReport } from './catalog-report'
import { lookAtCatalog } from './look-at-catalog'
import { PlaceInput, zoneField } from './place-input'
import { type ResolvedPlace, resolvePlace } from './resolve-place'

export const TestCatalogInput = z.object({ place: PlaceInput, zone: zoneField })

/**
 * Connects to a catalog and tells what is there; nothing is kept. Throws AppError with a sentence where there is no catalog:
 * `invalid` (wrong password, no such database, no catalog of Bacula), `unreachable`, and what reaching a host throws.
 */
export async function testCatalog(ctx: Ctx, input: z.input<typeof TestCatalogInput>): Promise<CatalogReport> {
  authorize(ctx, 'edit catalogs')
  const { place, zone } = parseInput(TestCatalogInput, input)
  return reportOf(await resolvePlace(place), zone)
}

/** The same of a place that is resolved already. */
export async function reportOf({ place, columns }: ResolvedPlace, zone: string): Promise<CatalogReport> {
  try {
    return await withReader(place, (reader) => lookAtCatalog(reader, zone))
  } catch (error) {
    if (columns.hostId !== null) await recordReach(columns.hostId, error)
    throw error
  }
}
