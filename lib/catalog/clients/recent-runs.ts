import { joinSql, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { isGood, laterInstant, type OverdueVerdict, overdueVerdict, type Run, readCount } from '../rules'
import type { ClientJob } from './client-jobs'

/** What promises rest on: a few more than the rules look at. */
const runsOfJob = 35
/** Of so many jobs the runs are asked for at once: SQLite joins 500 questions by UNION at most. */
const mostJobs = 400

/** A job on a client, and whether it is late by its own history. */
export interface JudgedJob extends ClientJob {
  verdict: OverdueVerdict
}

/**
 * Whether jobs are late by what their own history promises, from the last 35 runs of each. One question; jobs beyond 400 are
 * not judged. No window functions: MySQL has them from 8.0 on, MariaDB from 10.2, SQLite from 3.25. Throws as
 * `CatalogReading.ask` does.
 */
export async function judgeJobs(catalog: CatalogReading, jobs: readonly ClientJob[]): Promise<JudgedJob[]> {
  const asked = jobs.slice(0, mostJobs)
  const runs = asked.length === 0 ? new Map<string, Run[]>() : await recentRuns(catalog, asked)
  return jobs.map((job, at) => ({
    ...job,
    verdict: at < mostJobs ? judge(job, runs.get(keyOf(job)) ?? [], catalog) : notJudged,
  }))
}

const notJudged: OverdueVerdict = {
  ...{ state: 'unknown', lastGood: null, dueBy: null, late: null },
  because: `Only the first ${mostJobs} jobs are judged here.`,
}

async function recentRuns(catalog: CatalogReading, jobs: readonly ClientJob[]): Promise<Map<string, Run[]>> {
  // The jobs stand in the question, as an index leads to them by name alone.
  const asked = joinSql(
    jobs.map(({ clientId, name }) => sql`SELECT ${clientId} AS client_id, ${name} AS job_name`),
    sql` UNION ALL `,
  )
  // The sum keeps a server from walking all of Job backwards by its ids; LIMIT keeps PostgreSQL from finding `below` anew
  // for each run.
  const rows = await catalog.ask(sql`
    SELECT j.ClientId AS client_id, r.job_name AS job_name, j.StartTime AS start_time, j.SchedTime AS sched_time,
      j.JobStatus AS job_status
    FROM (
      SELECT g.client_id AS client_id, g.job_name AS job_name, (
        SELECT x.JobId FROM Job x WHERE x.Name = g.job_name AND x.ClientId = g.client_id AND x.Type = 'B'
        ORDER BY x.JobId + 0 DESC LIMIT 1 OFFSET ${runsOfJob}) AS below
      FROM (${asked}) g LIMIT ${mostJobs}) r
    JOIN Job j ON j.Name = r.job_name AND j.ClientId = r.client_id AND j.Type = 'B' AND j.JobId > COALESCE(r.below, 0)
    LIMIT ${mostJobs * runsOfJob * 4}`)
  const found = new Map<string, Run[]>()
  for (const row of rows) {
    const at = laterInstant(row['start_time'], catalog.zone) ?? laterInstant(row['sched_time'], catalog.zone)
    if (at === null) continue
    const key = keyOf({ clientId: readCount(row['client_id']) ?? 0, name: row['job_name'] ?? '' })
    const runs = found.get(key) ?? []
    runs.push({ at, isGood: isGood({ jobStatus: row['job_status'] ?? '' }) })
    found.set(key, runs)
  }
  return found
}

/** A good run that lies further back than the last runs still counts as the last good one. */
function judge(job: ClientJob, runs: readonly Run[], { now }: CatalogReading): OverdueVerdict {
  const at = job.lastGood?.at ?? null
  const known = at === null || runs.some(({ isGood: good }) => good) ? runs : [...runs, { at, isGood: true }]
  const verdict = overdueVerdict(known, now)
  if (verdict.state === 'never good' && job.lastGood !== null)
    return { ...verdict, state: 'unknown', because: 'The catalog does not tell when its last good run was.' }
  if (verdict.state !== 'never good' || job.runs <= runs.length) return verdict
  return { ...verdict, because: `None of ${job.runs.toLocaleString('en')} runs in the catalog ended well.` }
}

function keyOf({ clientId, name }: Pick<ClientJob, 'clientId' | 'name'>): string {
  return `${clientId} ${name}`
}

/** Of several jobs the one that needs somebody most: never good before overdue, then the one that is latest. Null for none. Pure. */
export function worstOf(jobs: readonly JudgedJob[]): JudgedJob | null {
  const rank = { 'never good': 0, overdue: 1, unknown: 2, 'on time': 3 }
  return (
    [...jobs].sort(
      (one, other) =>
        rank[one.verdict.state] - rank[other.verdict.state] ||
        (other.verdict.late ?? Number.NEGATIVE_INFINITY) - (one.verdict.late ?? Number.NEGATIVE_INFINITY) ||
        one.name.localeCompare(other.name),
    )[0] ?? null
  )
}
