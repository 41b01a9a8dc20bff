/** How far support of a catalog's version is proved. */
export type SupportMark = 'live-tested' | 'published files only' | 'unproved'

export interface CatalogSchema {
  product: 'bacula' | 'bareos'
  /** "Bacula 9.0 to 9.6". */
  name: string
  versionId: number
  mark: SupportMark
}

export type SchemaVerdict = { known: true; schema: CatalogSchema } | { known: false; because: string }

/**
 * VersionIds of Bacula's releases: what its own upgrade scripts set (the dbconfig files of Debian's packages 9.6.7 and
 * 15.0.3); 10 is not in them. Live: 9.6 and 15.0.
 */
const baculas: readonly [from: number, to: number, name: string, mark: SupportMark][] = [
  [10, 10, 'Bacula 2.x', 'unproved'],
  [11, 11, 'Bacula 3.0', 'published files only'],
  [12, 12, 'Bacula 5.0', 'published files only'],
  [13, 14, 'Bacula 5.2 to 7.0', 'published files only'],
  [15, 15, 'Bacula 7.2 to 7.4', 'published files only'],
  [16, 16, 'Bacula 9.0 to 9.6', 'live-tested'],
  [1017, 1022, 'Bacula 11.0', 'published files only'],
  [1023, 1024, 'Bacula 13.0', 'published files only'],
  [1025, 1026, 'Bacula 15.0', 'live-tested'],
]

/** Bareos counts from 2001 on, from 17.1 by release: 2171, 2192, 2210 (its core/src/cats/ddl/updates). */
const bareosFrom = 2001

/** Tables that Bareos has had since its first version and Bacula has in none (its updates/postgresql.14_2001.sql). */
const bareosTables = ['quota', 'ndmplevelmap']

/** Without these no page has anything to show. */
const neededTables = ['version', 'job', 'jobmedia', 'media', 'pool', 'client', 'fileset', 'file', 'path']

export interface SchemaFound {
  /** `SELECT VersionId FROM Version`; null when there is no row. */
  versionId: number | null
  /** Names of all tables, in any case: PostgreSQL tells them in lower case. */
  tables: readonly string[]
}

/** Which program's catalog this is and of which release, or in a sentence why it is none that Pollux knows. Pure. */
export function schemaOf({ versionId, tables }: SchemaFound): SchemaVerdict {
  const names = new Set(tables.map((name) => name.toLowerCase()))
  const missing = neededTables.filter((name) => !names.has(name))
  if (missing.length === neededTables.length) return unknown('None of the tables of a Bacula catalog is here.')
  if (missing.length > 0) return unknown(`Tables of a Bacula catalog are missing here: ${missing.join(', ')}.`)
  if (versionId === null) return unknown('The table Version is empty, so the catalog does not say what it is.')
  const isBareos = versionId >= bareosFrom || bareosTables.every((name) => names.has(name))
  return { known: true, schema: schemaByVersion(isBareos ? 'bareos' : 'bacula', versionId) }
}

/** What is known of a release's schema. Pure. */
export function schemaByVersion(product: CatalogSchema['product'], versionId: number): CatalogSchema {
  if (product === 'bareos') return { product, name: bareosName(versionId), versionId, mark: 'unproved' }
  const [, , name, mark] = baculas.find(([from, to]) => versionId >= from && versionId <= to) ?? []
  const newer = versionId > 1026 ? ', newer than 15.0' : ''
  return { product, name: name ?? `Bacula, schema ${versionId}${newer}`, versionId, mark: mark ?? 'unproved' }
}

function bareosName(versionId: number): string {
  const match = /^2(\d\d)(\d)$/.exec(String(versionId))
  return match && Number(match[1]) >= 17 ? `Bareos ${match[1]}.${match[2]}` : `Bareos, schema ${versionId}`
}

function unknown(because: string): SchemaVerdict {
  return { known: false, because }
}
