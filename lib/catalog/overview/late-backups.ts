import { type SqlRow, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import {
  laterInstant,
  type OverdueVerdict,
  overdueVerdict,
  promisedInterval,
  type Run,
  readCount,
  restorableStatuses,
} from '../rules'
import { concat, groupName, isRestorable, joinedTexts, timeText } from '../sql-parts'

export interface LateBackup {
  job: string
  /** Null where the catalog has lost the client. */
  client: string | null
  clientId: number | null
  /** Runs of it in the catalog. */
  runs: number
  lastJobId: number | null
  /** The code of its newest run. */
  lastStatus: string | null
  verdict: OverdueVerdict
  /** It has not even begun for so long that it is perhaps no longer scheduled. */
  isSilent: boolean
}

export interface LateBackups {
  /** Overdue or never good; those that have waited longest first, those that are silent last. */
  late: LateBackup[]
  /** All backups (job and client) that the catalog knows. */
  total: number
  onTime: number
  /** Too few runs to tell. */
  unknown: number
}

/** Newest runs that are asked for: a few more than the promise rests on. */
const askedRuns = 35
const dayS = 86_400
/** Beyond it (the year 2286) a stored time is none, and multiplied below it would end the question: "out of range". */
const lastTDate = 9_999_999_999

/**
 * All backups, by job and client, each with whether it is late by what its own history promises. Each is one row of the
 * answer, with its newest runs in one text: of a history that is spread evenly the newest 35, of others some more or fewer,
 * so that no more than that crosses the wire, and no window functions are needed (MySQL has them from 8.0 on).
 * Throws as `CatalogReading.ask` does.
 */
export async function backupStates(catalog: CatalogReading): Promise<LateBackup[]> {
  const name = groupName(catalog, sql`Name`)
  const began = timeText(catalog, sql`COALESCE(j.StartTime, j.SchedTime)`)
  const rows = await catalog.ask(sql`
    SELECT h.name AS job, h.client_id AS client_id, c.Name AS client, h.runs AS runs,
      h.last_job_id AS last_job_id,
      ${joinedTexts(catalog, concat(catalog, began, sql`j.JobStatus`), sql`j.JobTDate`)} AS newest
    FROM (
      SELECT ${name} AS name, ClientId AS client_id, COUNT(*) AS runs, MIN(JobTDate) AS first_at, MAX(JobTDate) AS last_at,
        MAX(JobId) AS last_job_id, MAX(CASE WHEN ${isRestorable(sql`JobStatus`)} THEN JobTDate END) AS last_good_at
      FROM Job WHERE Type = 'B' AND JobTDate BETWEEN 1 AND ${lastTDate} GROUP BY ${name}, ClientId
    ) h
    JOIN Job j ON j.Name = h.name AND j.ClientId = h.client_id AND j.Type = 'B' AND j.JobTDate BETWEEN 1 AND ${lastTDate}
      AND ((h.last_at - j.JobTDate) * h.runs <= (h.last_at - h.first_at) * ${askedRuns} OR j.JobTDate = h.last_good_at)
    LEFT JOIN Client c ON c.ClientId = h.client_id
    GROUP BY h.name, h.client_id, c.Name, h.runs, h.last_job_id`)
  return rows.map((row) => backupOf(row, catalog))
}

/** Those of them that are late, and how many are not. One question. Throws as `CatalogReading.ask` does. */
export async function lateBackups(catalog: CatalogReading): Promise<LateBackups> {
  const backups = await backupStates(catalog)
  const stateOf = (state: OverdueVerdict['state']) => backups.filter(({ verdict }) => verdict.state === state)
  return {
    late: [...stateOf('overdue'), ...stateOf('never good')].sort(byNeed),
    total: backups.length,
    onTime: stateOf('on time').length,
    unknown: stateOf('unknown').length,
  }
}

function backupOf(row: SqlRow, { now, zone }: CatalogReading): LateBackup {
  const runs = readRuns(row['newest'] ?? '', zone)
  const newest = runs.reduce<ReadRun | null>((last, run) => (last === null || run.at > last.at ? run : last), null)
  const all = readCount(row['runs']) ?? runs.length
  const verdict = overdueVerdict(runs, now)
  return {
    job: row['job'] ?? '',
    client: row['client'] ?? null,
    clientId: readCount(row['client_id']),
    runs: all,
    lastJobId: readCount(row['last_job_id']),
    lastStatus: newest?.status ?? null,
    verdict:
      verdict.state === 'never good' && all > 1
        ? { ...verdict, because: `None of ${all.toLocaleString('en')} runs in the catalog ended well.` }
        : verdict,
    isSilent: isSilent(runs, now),
  }
}

type ReadRun = Run & { status: string }

/** "2026-11-07 23:05:00T,2026-11-06 23:05:00f": what is cut off at the end, and what has no time, is left out. */
function readRuns(newest: string, zone: string): ReadRun[] {
  return newest.split(',').flatMap((text) => {
    const at = laterInstant(text.slice(0, 19), zone)
    const status = text.slice(19)
    const isGood = restorableStatuses.some((code) => code === status)
    return at === null || text.length !== 20 ? [] : [{ at, isGood, status }]
  })
}

/** No start for a month at least, and for four times the longest that its history knows. */
function isSilent(runs: readonly Run[], now: number): boolean {
  if (runs.length === 0) return false
  const starts = runs.map(({ at }) => at)
  const silent = (now - Math.max(...starts)) / 1000
  // Nearly all are answered here, without their history.
  if (silent <= 30 * dayS) return false
  const promised = promisedInterval(starts)
  return silent > 4 * (promised.known ? promised.longest : 30 * dayS)
}

function byNeed(one: LateBackup, other: LateBackup): number {
  return (
    Number(one.isSilent) - Number(other.isSilent) ||
    (one.verdict.lastGood?.getTime() ?? 0) - (other.verdict.lastGood?.getTime() ?? 0) ||
    one.job.localeCompare(other.job)
  )
}
