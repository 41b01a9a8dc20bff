import { AppError, isAppError } from '@/lib/errors'
import { type Sql, type SqlReader, type SqlRow, sql } from '@/lib/sql'
import { laterInstant, parseWall, readCount, schemaOf } from '../rules'
import type { CatalogReport } from './catalog-report'
import { zoneVerdict } from './zone-verdict'

/**
 * Looks whether a database is a catalog, and what may be said of it before it is kept: a few small questions. Throws AppError
 * `invalid` with a sentence for what is no catalog of Bacula or Bareos, and what `SqlReader.ask` throws.
 */
export async function lookAtCatalog(reader: SqlReader, zone: string): Promise<CatalogReport> {
  const tables = (await reader.ask(tablesOf[reader.dialect])).flatMap(({ name }) => name ?? [])
  const hasVersion = tables.some((name) => name.toLowerCase() === 'version')
  const version = hasVersion ? await firstRow(reader, sql`SELECT MAX(VersionId) AS version FROM Version`) : {}
  const verdict = schemaOf({ versionId: readCount(version['version']), tables })
  if (!verdict.known)
    throw new AppError('invalid', `expected a catalog, got: ${verdict.because}`, {
      userMessage: `This is no catalog of Bacula or Bareos that Pollux can read. ${verdict.because}`,
      data: { reason: 'no-catalog' },
    })
  const counts = await firstRow(reader, countsQuestion)
  const jobs = await reader.ask(lastJobs)
  const ended = jobs.map((job) => ({ endTime: job['end_time'] ?? null, jobTDate: job['job_tdate'] ?? null }))
  return {
    dialect: reader.dialect,
    server: reader.server,
    schema: verdict.schema,
    canWrite: await canWrite(reader),
    isReadOnlySession: await isReadOnlySession(reader),
    jobs: readCount(counts['jobs']),
    volumes: readCount(counts['volumes']),
    pools: readCount(counts['pools']),
    clients: readCount(counts['clients']),
    newest: newestOf(ended, zone),
    zone: zoneVerdict(ended, zone),
  }
}

const tablesOf: Readonly<Record<SqlReader['dialect'], Sql>> = {
  mysql: sql`SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`,
  postgresql: sql`SELECT c.relname AS name FROM pg_class c
    WHERE c.relkind IN ('r', 'p', 'v') AND pg_table_is_visible(c.oid) AND c.relnamespace <> 'pg_catalog'::regnamespace`,
  sqlite: sql`SELECT name AS name FROM sqlite_master WHERE type IN ('table', 'view')`,
}

const countsQuestion = sql`SELECT (SELECT COUNT(*) FROM Job) AS jobs, (SELECT COUNT(*) FROM Media) AS volumes,
  (SELECT COUNT(*) FROM Pool) AS pools, (SELECT COUNT(*) FROM Client) AS clients`

// By the primary key: the time of the end has no index.
const lastJobs = sql`SELECT EndTime AS end_time, JobTDate AS job_tdate FROM Job
  WHERE EndTime IS NOT NULL ORDER BY JobId DESC LIMIT 50`

function newestOf(jobs: readonly { endTime: string | null }[], zone: string): CatalogReport['newest'] {
  const walls = jobs.flatMap(({ endTime }) => (endTime !== null && parseWall(endTime) !== null ? endTime : []))
  const wall = walls.sort().at(-1)
  const at = wall === undefined ? null : laterInstant(wall, zone)
  return wall === undefined || at === null ? null : { wall: wall.slice(0, 19), at }
}

/** Whether the account may change the catalog's tables; Pollux would not, but then the database does not hold it back. */
async function canWrite(reader: SqlReader): Promise<boolean | null> {
  if (reader.dialect === 'sqlite') return false
  if (reader.dialect === 'postgresql') {
    const row = await tryRow(
      reader,
      sql`SELECT CASE WHEN has_table_privilege('job', 'INSERT') OR has_table_privilege('job', 'UPDATE')
        OR has_table_privilege('job', 'DELETE') THEN 1 ELSE 0 END AS writes`,
    )
    return row ? row['writes'] === '1' : null
  }
  // One row for each right of the account itself, in three tables for the three kinds of place it may be given for.
  const row = await tryRow(
    reader,
    sql`SELECT COUNT(*) AS rights, SUM(p.PRIVILEGE_TYPE IN ('INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER', 'INDEX',
      'TRIGGER')) AS writes FROM (
      SELECT GRANTEE, PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES
      UNION ALL SELECT GRANTEE, PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES WHERE DATABASE() LIKE TABLE_SCHEMA
      UNION ALL SELECT GRANTEE, PRIVILEGE_TYPE FROM information_schema.TABLE_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE()
    ) AS p WHERE p.GRANTEE = CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')`,
  )
  const [rights, writes] = [readCount(row?.['rights']), readCount(row?.['writes'])]
  return rights === null || rights === 0 || writes === null ? null : writes > 0
}

async function isReadOnlySession(reader: SqlReader): Promise<boolean | null> {
  if (reader.dialect === 'sqlite') return true
  if (reader.dialect === 'postgresql') {
    const row = await tryRow(reader, sql`SELECT current_setting('transaction_read_only') AS state`)
    return row ? row['state'] === 'on' : null
  }
  const rows = await tryAsk(
    reader,
    sql`SHOW VARIABLES WHERE Variable_name IN ('tx_read_only', 'transaction_read_only')`,
  )
  return rows?.[0] ? rows.some((row) => row['value'] === 'ON') : null
}

async function firstRow(reader: SqlReader, question: Sql): Promise<SqlRow> {
  return (await reader.ask(question))[0] ?? {}
}

async function tryRow(reader: SqlReader, question: Sql): Promise<SqlRow | null> {
  return (await tryAsk(reader, question))?.[0] ?? null
}

/** What a server may not know or tell is unknown, and no reason to refuse it. */
async function tryAsk(reader: SqlReader, question: Sql): Promise<readonly SqlRow[] | null> {
  try {
    return await reader.ask(question)
  } catch (error) {
    if (isAppError(error) && error.code === 'invalid') return null
    throw error
  }
}
