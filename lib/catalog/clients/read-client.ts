import { AppError } from '@/lib/errors'
import { type Sql, sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import type { JobLine } from '../jobs/job-line'
import { readLines } from '../jobs/list-jobs'
import { readCount } from '../rules'
import { plausible } from '../sql-parts'
import { clientJobs } from './client-jobs'
import { clientColumns, clientOf } from './client-row'
import { type MonthSize, monthlyFulls, monthsUntil, sizeByMonth } from './client-sizes'
import { type ClientSums, sumsOf } from './list-clients'
import { type JudgedJob, judgeJobs } from './recent-runs'
import { type ClientPool, type RetentionRemark, retentionRemarks } from './retention-remarks'

export interface ClientFileSet {
  fileSetId: number
  /** Null where the catalog has lost it. */
  name: string | null
  /** As stored: local time. A change of a fileset makes a new one. */
  createTime: string | null
  runs: number
  lastJobId: number | null
}

export interface ClientPage {
  sums: ClientSums
  jobs: JudgedJob[]
  sizes: MonthSize[]
  fileSets: ClientFileSet[]
  pools: ClientPool[]
  remarks: RetentionRemark[]
  /** The largest backups in the catalog, the largest first. */
  largest: JobLine[]
  /** Its last runs of any type. */
  latest: JobLine[]
}

const shownJobs = 10
const mostRows = 200

/** All that a client's page shows, in eight questions. Throws `not-found`, and as `CatalogReading.ask` does. */
export async function readClient(
  catalog: CatalogReading,
  clientId: number,
  { windowDays }: { windowDays: number },
): Promise<ClientPage> {
  const [row] = await catalog.ask(sql`SELECT ${clientColumns} FROM Client c WHERE c.ClientId = ${clientId}`)
  if (!row)
    throw new AppError('not-found', `expected client ${clientId} in the catalog, got none`, {
      userMessage: `The catalog has no client ${clientId}. It may have been deleted.`,
    })
  const { jobs: found } = await clientJobs(catalog, { windowDays, clientId })
  const sums = sumsOf(clientOf(row), found)
  const isIts = sql`j.ClientId = ${clientId}`
  const isBackup = backupsOf(clientId, found)
  const jobs = await judgeJobs(catalog, found)
  const fulls = await monthlyFulls(catalog, found)
  const pools = await poolsOf(catalog, isBackup)
  const top = { limit: shownJobs, offset: 0 }
  return {
    ...{ sums, jobs, pools },
    sizes: sizeByMonth(fulls, monthsUntil(catalog)),
    fileSets: await fileSetsOf(catalog, isBackup),
    remarks: retentionRemarks(sums.client, pools),
    largest: await readLines(
      catalog,
      sql`${isBackup} AND ${plausible(sql`j.JobBytes`)} > 0`,
      { by: 'bytes', descending: true },
      top,
    ),
    latest: await readLines(catalog, isIts, { by: 'start', descending: true }, top),
  }
}

/** Also by its names: Job has an index for them, and none for its clients. */
function backupsOf(clientId: number, jobs: readonly { name: string }[]): Sql {
  const names = jobs.map(({ name }) => name).slice(0, 500)
  const isNamed = names.length === 0 || jobs.length > names.length ? sql`` : sql`AND j.Name IN (${sqlList(names)})`
  return sql`j.ClientId = ${clientId} AND j.Type = 'B' ${isNamed}`
}

async function fileSetsOf(catalog: CatalogReading, isBackup: Sql): Promise<ClientFileSet[]> {
  const rows = await catalog.ask(sql`
    SELECT u.fileset_id AS fileset_id, f.FileSet AS fileset, f.CreateTime AS create_time, u.runs AS runs, u.last_id AS last_id
    FROM (SELECT j.FileSetId AS fileset_id, COUNT(*) AS runs, MAX(j.JobId) AS last_id FROM Job j WHERE ${isBackup}
      GROUP BY j.FileSetId) u
    LEFT JOIN FileSet f ON f.FileSetId = u.fileset_id ORDER BY u.last_id DESC LIMIT ${mostRows}`)
  return rows.map((row) => ({
    fileSetId: readCount(row['fileset_id']) ?? 0,
    name: row['fileset'] ?? null,
    createTime: row['create_time'] ?? null,
    runs: readCount(row['runs']) ?? 0,
    lastJobId: readCount(row['last_id']),
  }))
}

/** Retention is the volumes' own: what the pool says holds for new ones only. */
async function poolsOf(catalog: CatalogReading, isBackup: Sql): Promise<ClientPool[]> {
  const rows = await catalog.ask(sql`
    SELECT u.pool_id AS pool_id, p.Name AS pool, p.VolRetention AS pool_retention, u.jobs AS jobs,
      (SELECT MAX(m.VolRetention) FROM Media m WHERE m.PoolId = u.pool_id AND m.VolStatus IN ('Full', 'Used', 'Append'))
        AS volume_retention
    FROM (SELECT j.PoolId AS pool_id, COUNT(*) AS jobs FROM Job j WHERE ${isBackup} GROUP BY j.PoolId) u
    JOIN Pool p ON p.PoolId = u.pool_id ORDER BY u.jobs DESC LIMIT ${mostRows}`)
  return rows.map((row) => ({
    poolId: readCount(row['pool_id']) ?? 0,
    name: row['pool'] ?? '',
    retention: readCount(row['volume_retention']) ?? readCount(row['pool_retention']),
    jobs: readCount(row['jobs']) ?? 0,
  }))
}
