import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type SupportMark, schemaByVersion } from '../rules'

/** A catalog as the store knows it; nothing is asked of the catalog itself. */
export interface CatalogLine {
  id: string
  name: string
  dialect: string
  /** "Bacula 9.0 to 9.6". */
  product: string
  mark: SupportMark
  /** The director's time zone, and whether it was read on its host or told by a person. */
  zone: string
  zoneSource: 'host' | 'told'
  isSample: boolean
  hasDirector: boolean
  /** The host on which bconsole is run, if it is known. */
  directorHostId: string | null
  /** When the regular reading last ended well; null while there was none. */
  readAt: Date | null
  /** Why the last regular reading did not end well, in a sentence. */
  trouble: string | null
}

const columns = {
  ...{ id: true, name: true, way: true, dialect: true, product: true, schemaVersion: true, zone: true },
  ...{ zoneSource: true, directorHostId: true, readAt: true, trouble: true },
} as const

/** All catalogs, by name, samples last. Two catalogs fit on a page, and a hundred do. */
export async function listCatalogs(ctx: Ctx): Promise<CatalogLine[]> {
  authorize(ctx, 'read backups')
  const rows = await read((tx) => tx.catalog.findMany({ select: columns, orderBy: { name: 'asc' } }))
  const lines = rows.map(lineOf)
  return [...lines.filter((line) => !line.isSample), ...lines.filter((line) => line.isSample)]
}

/** One catalog. Throws `not-found`. */
export async function getCatalogLine(ctx: Ctx, catalogId: string): Promise<CatalogLine> {
  authorize(ctx, 'read backups')
  const row = await read((tx) => tx.catalog.findUnique({ where: { id: catalogId }, select: columns }))
  if (row) return lineOf(row)
  throw new AppError('not-found', `expected the catalog ${catalogId}, got none`, {
    userMessage: 'There is no such catalog. It may have been removed.',
  })
}

interface StoredLine {
  id: string
  name: string
  way: string
  dialect: string
  product: string
  schemaVersion: number
  zone: string
  zoneSource: string
  directorHostId: string | null
  readAt: Date | null
  trouble: string | null
}

function lineOf(row: StoredLine): CatalogLine {
  const schema = schemaByVersion(row.product === 'bareos' ? 'bareos' : 'bacula', row.schemaVersion)
  const { id, name, dialect, zone, readAt, trouble } = row
  return {
    ...{ id, name, dialect, zone, readAt, trouble },
    product: schema.name,
    mark: schema.mark,
    zoneSource: row.zoneSource === 'host' ? 'host' : 'told',
    isSample: row.way === 'sample',
    hasDirector: row.directorHostId !== null,
    directorHostId: row.directorHostId,
  }
}
