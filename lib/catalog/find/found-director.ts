import type { SqlDialect } from '@/lib/sql'
import type { CatalogResource } from './catalog-resource'

/** A Catalog resource that was found, and where the database of it is, as far as it can be told. */
export interface FoundCatalog extends CatalogResource {
  product: 'bacula' | 'bareos'
  /** The configuration that it stands in. */
  file: string
  /** Null where nothing on the host tells it. */
  dialect: SqlDialect | null
  /** What the dialect was told by, in words. */
  dialectBy: string
  /** As seen from the host. */
  address: string
  port: number | null
  /** Of an SQLite catalog. */
  path: string | null
  /** Null where it cannot be told. */
  zone: string | null
  zoneBy: string
}

/** What one look at a host told. It holds passwords: for the server alone, see `shownDirector`. */
export interface FoundDirector {
  catalogs: readonly FoundCatalog[]
  isRunning: boolean
  /** bconsole, where it is there. */
  console: string | null
  consoleConfigs: readonly string[]
  /** Of sqlite3, mysql, mariadb, psql. */
  programs: readonly string[]
  /** What could not be read, and why, in sentences. Names of files are the host's. */
  problems: readonly string[]
}

export type ShownCatalog = Omit<FoundCatalog, 'password'> & {
  /** Names it among those that were found. */
  key: string
  hasPassword: boolean
}
export type ShownDirector = Omit<FoundDirector, 'catalogs'> & { catalogs: readonly ShownCatalog[] }

/** Names a catalog among those of a host. */
export function keyOf(catalog: Pick<FoundCatalog, 'file' | 'name'>): string {
  return JSON.stringify([catalog.file, catalog.name])
}

/** What of it the browser may know: everything but the passwords. Pure. */
export function shownDirector({ catalogs, ...rest }: FoundDirector): ShownDirector {
  return {
    ...rest,
    catalogs: catalogs.map(({ password, ...catalog }) => ({
      ...catalog,
      key: keyOf(catalog),
      hasPassword: password !== null,
    })),
  }
}
