import { join } from 'node:path'
import { dataDir } from '@/lib/config/data-dir'
import { AppError } from '@/lib/errors'
import { sshTargetOf } from '@/lib/inventory/target-of'
import { unseal } from '@/lib/secrets/seal'
import type { SqlAccount, SqlPlace } from '@/lib/sql'
import { tlsOf } from './tls-modes'

/** What the store keeps of where a catalog is. */
export interface CatalogRow {
  id: string
  name: string
  way: string
  dialect: string
  hostId: string | null
  address: string | null
  port: number | null
  database: string | null
  login: string | null
  sealedPassword: Uint8Array | null
  tls: string
  tlsCa: string | null
  path: string | null
}

/** Where the sample catalog of this id lies. */
export function samplePath(catalogId: string): string {
  return join(dataDir(), 'samples', `${catalogId}.sqlite`)
}

/** The place of a catalog with its secrets opened: for lib/sql alone. Throws as `sshTargetOf` and `unseal` do. */
export async function catalogPlace(row: CatalogRow): Promise<SqlPlace> {
  if (row.way === 'sample') return { way: 'file', dialect: 'sqlite', path: samplePath(row.id) }
  if (row.way === 'file') return { way: 'file', dialect: 'sqlite', path: needed(row, 'path') }
  if (row.way === 'host-file')
    return { way: 'host-file', dialect: 'sqlite', target: await targetOf(row), path: needed(row, 'path') }
  const dialect = row.dialect === 'postgresql' ? 'postgresql' : 'mysql'
  const server = { dialect, host: needed(row, 'address'), port: needed(row, 'port'), account: accountOf(row) } as const
  if (row.way === 'direct') return { way: 'direct', tls: tlsOf(row), ...server }
  if (row.way === 'tunnel' || row.way === 'client') return { way: row.way, target: await targetOf(row), ...server }
  throw new AppError('internal', `expected a way to the catalog ${row.name}, got "${row.way}"`)
}

/** What the sealed password of a catalog is bound to. */
export function passwordPlace(catalogId: string) {
  return { table: 'catalog', row: catalogId, field: 'sealedPassword' }
}

function accountOf(row: CatalogRow): SqlAccount {
  const password = row.sealedPassword ? unseal(row.sealedPassword, passwordPlace(row.id)) : ''
  return { user: needed(row, 'login'), password, database: needed(row, 'database') }
}

async function targetOf(row: CatalogRow) {
  return sshTargetOf(needed(row, 'hostId'))
}

function needed<Key extends keyof CatalogRow>(row: CatalogRow, key: Key): NonNullable<CatalogRow[Key]> {
  const value = row[key]
  if (value === null || value === undefined)
    throw new AppError('internal', `expected ${key} of the catalog ${row.name}, got none`)
  return value as NonNullable<CatalogRow[Key]>
}
