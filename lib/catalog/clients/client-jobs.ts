import { type Sql, sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { type BackupLevel, jobLevelWords, readCount, statusCodesOf } from '../rules'
import { groupName, isRestorable, plausible } from '../sql-parts'

/** The levels that a client's page tells apart. */
export const goodLevels = ['full', 'differential', 'incremental'] as const
export type GoodLevel = (typeof goodLevels)[number]

/** The last good backup of a level. */
export interface LastOf {
  jobId: number
  /** When it ended, in milliseconds since 1970; null where the catalog does not tell. */
  at: number | null
}

/** All runs of one job on one client, as the database sums them up. */
export interface ClientJob {
  clientId: number
  name: string
  runs: number
  /** Null: none in the catalog. */
  last: Record<GoodLevel, LastOf | null>
  /** The last good one of any level. */
  lastGood: LastOf | null
  /** Runs of the chosen window that ended in any way but canceled, and those of them that failed. */
  ended: number
  failed: number
  largestBytes: number | null
}

const dayS = 86_400
/** More rows than any installation has jobs: what is beyond is said. */
const mostGroups = 50_000

/**
 * The backups of all clients, or of one, by job. One question that the database answers by groups of client, job and level: no
 * row of a run crosses the wire. `windowDays` is what the error rate covers. Throws as `CatalogReading.ask` does.
 */
export async function clientJobs(
  catalog: CatalogReading,
  { windowDays, clientId }: { windowDays: number; clientId?: number },
): Promise<{ jobs: ClientJob[]; isCut: boolean }> {
  const name = groupName(catalog, sql`j.Name`)
  const good = isRestorable(sql`j.JobStatus`)
  const nowS = Math.floor(catalog.now / 1000)
  const isRecent = sql`j.JobTDate >= ${nowS - windowDays * dayS}`
  const failed = sqlList(statusCodesOf('failed'))
  const ended = sqlList([...statusCodesOf('good'), ...statusCodesOf('warned'), ...statusCodesOf('failed')])
  const rows = await catalog.ask(sql`
    SELECT j.ClientId AS client_id, ${name} AS job_name, j.Level AS level_code, COUNT(*) AS runs,
      SUM(CASE WHEN ${isRecent} AND j.JobStatus IN (${ended}) THEN 1 ELSE 0 END) AS ended,
      SUM(CASE WHEN ${isRecent} AND j.JobStatus IN (${failed}) THEN 1 ELSE 0 END) AS failed,
      MAX(CASE WHEN ${good} THEN j.JobId END) AS good_id, MAX(CASE WHEN ${good} THEN ${possible(nowS)} END) AS good_tdate,
      MAX(${plausible(sql`j.JobBytes`)}) AS largest_bytes
    FROM Job j WHERE j.Type = 'B' ${clientId === undefined ? sql`` : sql`AND j.ClientId = ${clientId}`}
    GROUP BY j.ClientId, ${name}, j.Level LIMIT ${mostGroups + 1}`)
  const jobs = new Map<string, ClientJob>()
  for (const row of rows.slice(0, mostGroups)) {
    const of = { clientId: readCount(row['client_id']) ?? 0, name: row['job_name'] ?? '' }
    const key = `${of.clientId} ${of.name}`
    const job = jobs.get(key) ?? emptyJob(of)
    jobs.set(key, job)
    addLevel(job, {
      level: jobLevelWords(row['level_code'] ?? '').backup,
      last: lastOf(readCount(row['good_id']), readCount(row['good_tdate'])),
      runs: readCount(row['runs']) ?? 0,
      ended: readCount(row['ended']) ?? 0,
      failed: readCount(row['failed']) ?? 0,
      largestBytes: readCount(row['largest_bytes']),
    })
  }
  return { jobs: [...jobs.values()], isCut: rows.length > mostGroups }
}

/** JobTDate where it can be: one that lies in the future would hide all others. */
function possible(nowS: number): Sql {
  return sql`CASE WHEN j.JobTDate > ${dayS} AND j.JobTDate <= ${nowS + dayS} THEN j.JobTDate END`
}

function emptyJob(of: Pick<ClientJob, 'clientId' | 'name'>): ClientJob {
  const last = { full: null, differential: null, incremental: null }
  return { ...of, runs: 0, last, lastGood: null, ended: 0, failed: 0, largestBytes: null }
}

interface LevelSums {
  level: BackupLevel | null
  last: LastOf | null
  runs: number
  ended: number
  failed: number
  largestBytes: number | null
}

function addLevel(job: ClientJob, { level, last, runs, ended, failed, largestBytes }: LevelSums): void {
  job.runs += runs
  job.ended += ended
  job.failed += failed
  if (largestBytes !== null) job.largestBytes = Math.max(job.largestBytes ?? 0, largestBytes)
  if (level === null || level === 'base') return
  job.last[level] = laterOf(job.last[level], last)
  job.lastGood = laterOf(job.lastGood, last)
}

function lastOf(jobId: number | null, tdate: number | null): LastOf | null {
  return jobId === null ? null : { jobId, at: tdate === null ? null : tdate * 1000 }
}

/** The later of two; one whose time is not known only stands where there is no other. */
export function laterOf(one: LastOf | null, other: LastOf | null): LastOf | null {
  if (one === null || other === null) return one ?? other
  return (other.at ?? 0) > (one.at ?? 0) ? other : one
}
