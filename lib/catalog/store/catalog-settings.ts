import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { type CatalogSchema, schemaByVersion } from '../rules'
import { catalogNotFound } from './not-found'

/** A catalog as the lists and its settings show it; never its password. */
export interface CatalogSettings {
  id: string
  name: string
  way: string
  dialect: string
  /** Through which it is reached. */
  host: { id: string; name: string } | null
  directorHost: { id: string; name: string } | null
  consoleConfig: string | null
  address: string | null
  port: number | null
  database: string | null
  login: string | null
  /** Of the way direct: off, required, checked. */
  tls: string
  tlsCa: string | null
  path: string | null
  zone: string
  zoneSource: string
  schema: CatalogSchema
  readAt: Date | null
  trouble: string | null
  version: number
}

const select = {
  ...{ id: true, name: true, way: true, dialect: true, consoleConfig: true, address: true, port: true, database: true },
  ...{ tls: true, tlsCa: true },
  ...{ login: true, path: true, zone: true, zoneSource: true, product: true, schemaVersion: true, readAt: true },
  ...{ trouble: true, version: true },
  host: { select: { id: true, name: true } },
  directorHost: { select: { id: true, name: true } },
} as const

/** Every catalog by name, from the store alone: no catalog is asked. */
export async function listCatalogSettings(ctx: Ctx): Promise<CatalogSettings[]> {
  authorize(ctx, 'read backups')
  const rows = await read((tx) => tx.catalog.findMany({ select, orderBy: { name: 'asc' } }))
  return rows.map(({ product, schemaVersion, ...row }) => ({
    ...row,
    schema: schemaByVersion(product === 'bareos' ? 'bareos' : 'bacula', schemaVersion),
  }))
}

/** One of them. Throws `not-found`. */
export async function getCatalogSettings(ctx: Ctx, catalogId: string): Promise<CatalogSettings> {
  const row = (await listCatalogSettings(ctx)).find(({ id }) => id === catalogId)
  if (!row) throw catalogNotFound(catalogId)
  return row
}
