import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { throwToldOnPage } from '@/lib/errors/told-on-page'
import { withReader } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { schemaByVersion } from '../rules'
import { catalogPlace } from './catalog-place'
import { parseLimits } from './limits'

/**
 * Reads a catalog for a page: one query of the store, then the questions of the work over a kept connection. Throws
 * `not-found`, and what reaching the host and `SqlReader.ask` throw.
 */
export async function readCatalog<T>(
  ctx: Ctx,
  catalogId: string,
  work: (catalog: CatalogReading) => Promise<T>,
  { signal, now = Date.now() }: { signal?: AbortSignal; now?: number } = {},
): Promise<T> {
  authorize(ctx, 'read backups')
  const row = await read((tx) => tx.catalog.findUnique({ where: { id: catalogId } }))
  if (!row)
    throw new AppError('not-found', `expected the catalog ${catalogId}, got none`, {
      userMessage: 'There is no such catalog. It may have been removed.',
    })
  const place = await catalogPlace(row).catch(throwToldOnPage)
  return withReader(
    place,
    (reader) =>
      work({
        catalogId: row.id,
        name: row.name,
        dialect: place.dialect,
        schema: schemaByVersion(row.product === 'bareos' ? 'bareos' : 'bacula', row.schemaVersion),
        zone: row.zone,
        now,
        limits: parseLimits(row.limits),
        isSample: row.way === 'sample',
        directorHostId: row.directorHostId,
        ask: (question, options) => reader.ask(question, { signal, ...options }),
      }),
    { signal },
  ).catch(throwToldOnPage)
}
