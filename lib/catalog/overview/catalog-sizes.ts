import { isAppError } from '@/lib/errors'
import { type SqlRow, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { readCount } from '../rules'

export interface TableSize {
  /** As the database writes it: "File", in PostgreSQL "file". */
  table: string
  /** By the database's own statistics, so roughly; null where it has none. */
  rows: number | null
  /** With its indexes. */
  bytes: number | null
}

export interface CatalogSizes {
  /** The largest first. */
  tables: TableSize[]
  /** Of all tables; null where one is not known. */
  bytes: number | null
  /** What the figures rest on, in a sentence. */
  basis: string
}

/**
 * How large each table of a catalog is. From the statistics that the database keeps anyway: no row of File, Filename or Path
 * is counted. Throws as `CatalogReading.ask` does.
 */
export async function catalogSizes(catalog: CatalogReading): Promise<CatalogSizes> {
  if (catalog.dialect === 'mysql') return sizesOf(await catalog.ask(mysqlSizes), 'Rows are InnoDB’s estimates.')
  if (catalog.dialect === 'postgresql')
    return sizesOf(await catalog.ask(postgresqlSizes), 'Rows as of PostgreSQL’s last ANALYZE of each table.')
  return sqliteSizes(catalog)
}

const mysqlSizes = sql`
  SELECT TABLE_NAME AS table_name, TABLE_ROWS AS table_rows, DATA_LENGTH + INDEX_LENGTH AS bytes
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'`

/** A table that was never analyzed has -1 rows, before PostgreSQL 14 no rows in no pages. */
const postgresqlSizes = sql`
  SELECT c.relname AS table_name, pg_total_relation_size(c.oid) AS bytes,
    CASE WHEN c.reltuples < 0 OR (c.reltuples = 0 AND c.relpages = 0 AND pg_relation_size(c.oid) > 0) THEN NULL
      ELSE CAST(c.reltuples AS bigint) END AS table_rows
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema()`

/** SQLite reads every page of the file to tell the size of its tables: only where that takes a moment. */
const largestRead = 64 * 1024 * 1024
const readMs = 3000

/** SQLite counts tables by walking them: only those that stay small. */
async function sqliteSizes(catalog: CatalogReading): Promise<CatalogSizes> {
  const counts = await catalog.ask(sql`
    SELECT m.name AS table_name, NULL AS bytes, CASE m.name
        WHEN 'Job' THEN (SELECT COUNT(*) FROM Job) WHEN 'Media' THEN (SELECT COUNT(*) FROM Media)
        WHEN 'Pool' THEN (SELECT COUNT(*) FROM Pool) WHEN 'Client' THEN (SELECT COUNT(*) FROM Client)
        WHEN 'FileSet' THEN (SELECT COUNT(*) FROM FileSet) END AS table_rows,
      (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS file_bytes
    FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite#_%' ESCAPE '#'`)
  const fileBytes = readCount(counts[0]?.['file_bytes'])
  const pages = fileBytes !== null && fileBytes <= largestRead ? await pagesByTable(catalog) : null
  const { tables } = sizesOf(
    counts.map((row) => ({ ...row, bytes: pages?.get(row['table_name'] ?? '') ?? null })),
    '',
  )
  const why = pages ? '' : ' How many bytes each table takes, this SQLite does not tell.'
  return {
    tables,
    bytes: fileBytes,
    basis: `SQLite keeps no statistics: only its small tables are counted, and the others’ rows are not known.${why}`,
  }
}

/** Bytes by table with its indexes; null where this SQLite was built without `dbstat`, or takes too long. */
async function pagesByTable(catalog: CatalogReading): Promise<Map<string, string> | null> {
  const question = sql`
    SELECT m.tbl_name AS table_name, SUM(s.pgsize) AS bytes
    FROM dbstat s JOIN sqlite_master m ON m.name = s.name GROUP BY m.tbl_name`
  try {
    const rows = await catalog.ask(question, { timeoutMs: readMs })
    return new Map(rows.map((row) => [row['table_name'] ?? '', row['bytes'] ?? '']))
  } catch (error) {
    if (isAppError(error) && (error.code === 'unreachable' || error.code === 'conflict')) throw error
    return null
  }
}

function sizesOf(rows: readonly SqlRow[], basis: string): CatalogSizes {
  const tables = rows
    .map((row) => ({
      table: row['table_name'] ?? '',
      rows: readCount(row['table_rows']),
      bytes: readCount(row['bytes']),
    }))
    .sort(bySize)
  const isKnown = tables.every(({ bytes }) => bytes !== null)
  return { tables, bytes: isKnown ? tables.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0) : null, basis }
}

function bySize(one: TableSize, other: TableSize): number {
  return (
    (other.bytes ?? -1) - (one.bytes ?? -1) ||
    (other.rows ?? -1) - (one.rows ?? -1) ||
    one.table.localeCompare(other.table)
  )
}
