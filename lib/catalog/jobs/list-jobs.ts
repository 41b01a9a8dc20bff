import { type Sql, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { type JobSeverity, jobStatusWords, readCount } from '../rules'
import { groupName, plausibleSum } from '../sql-parts'
import { jobConditions, jobOrder } from './job-conditions'
import type { JobFilter, JobSort } from './job-filter'
import { type JobLine, lineColumns, lineJoins, lineOf } from './job-line'
import { isOneOf, type LogHit, searchLog } from './search-log'

export interface JobTotals {
  jobs: number
  files: number
  bytes: number
  failed: number
  bySeverity: Record<JobSeverity, number>
  /** Jobs whose files or bytes are negative, wrapped around or missing: left out of the sums. */
  implausible: number
}

export interface JobList {
  rows: JobLine[]
  /** Of all rows of the filter, not of the page. */
  totals: JobTotals
  /** What was found in the logs, by JobId; null where nothing was searched. */
  hits: ReadonlyMap<number, LogHit> | null
  /** How many jobs the filter leaves, where these are too many for a search in their logs; then none is searched. */
  tooManyForLog: boolean
}

/** What a list can be narrowed to; null where there are too many to choose from. */
export interface JobChoices {
  clients: { id: number; name: string }[] | null
  jobNames: string[] | null
}

export interface ListJobsOptions {
  filter: JobFilter
  sort: { by: JobSort; descending: boolean }
  /** From 1 on. */
  page: number
  pageSize: number
}

/** More than these are not offered as a choice: nobody finds one among them. */
const mostChoices = 500

/**
 * Jobs by a filter: one page of them, and the sums of all. Two questions, with a search in the logs at most five. Throws as
 * `CatalogReading.ask` does.
 */
export async function listJobs(catalog: CatalogReading, options: ListJobsOptions): Promise<JobList> {
  const { filter, sort, page, pageSize } = options
  const found = filter.log === '' ? null : await searchLog(catalog, filter)
  const isTooMany = found?.kind === 'too many'
  const where = found && !isTooMany ? isOneOf(found.jobIds) : jobConditions(catalog, filter)
  const totals = await readTotals(catalog, where)
  const shown = await readLines(catalog, where, sort, { limit: pageSize, offset: (page - 1) * pageSize })
  const hits = found && !isTooMany ? await found.hitsOf(shown.map(({ jobId }) => jobId)) : null
  return { rows: shown, totals, hits, tooManyForLog: isTooMany }
}

/** Some of the jobs that fit, in order. The page is found before its wide rows are read. Throws as `CatalogReading.ask` does. */
export async function readLines(
  catalog: CatalogReading,
  where: Sql,
  { by, descending }: ListJobsOptions['sort'],
  { limit, offset }: { limit: number; offset: number },
): Promise<JobLine[]> {
  const order = jobOrder(catalog, by, descending)
  const client = by === 'client' ? sql`LEFT JOIN Client c ON c.ClientId = j.ClientId` : sql``
  const rows = await catalog.ask(sql`
    SELECT ${lineColumns}
    FROM (SELECT j.JobId AS id FROM Job j ${client} WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}) shown
    JOIN Job j ON j.JobId = shown.id ${lineJoins} ORDER BY ${order}`)
  return rows.map(lineOf)
}

async function readTotals(catalog: CatalogReading, where: Sql): Promise<JobTotals> {
  const hasErrors = sql`CASE WHEN j.JobErrors > 0 THEN 1 ELSE 0 END`
  const isPlausible = sql`j.JobBytes >= 0 AND j.JobBytes < 9223372036854775807 AND j.JobFiles >= 0`
  const rows = await catalog.ask(sql`
    SELECT j.JobStatus AS job_status, ${hasErrors} AS has_errors, COUNT(*) AS jobs,
      ${plausibleSum(catalog, sql`j.JobFiles`)} AS files, ${plausibleSum(catalog, sql`j.JobBytes`)} AS bytes,
      SUM(CASE WHEN ${isPlausible} THEN 0 ELSE 1 END) AS implausible
    FROM Job j WHERE ${where} GROUP BY j.JobStatus, ${hasErrors}`)
  const bySeverity = { good: 0, warned: 0, failed: 0, canceled: 0, running: 0, waiting: 0, unknown: 0 }
  const totals: JobTotals = { jobs: 0, files: 0, bytes: 0, failed: 0, implausible: 0, bySeverity }
  for (const row of rows) {
    const jobs = readCount(row['jobs']) ?? 0
    const { severity } = jobStatusWords(row['job_status'] ?? '', readCount(row['has_errors']) ?? 0)
    bySeverity[severity] += jobs
    totals.jobs += jobs
    totals.files += readCount(row['files']) ?? 0
    totals.bytes += readCount(row['bytes']) ?? 0
    totals.implausible += readCount(row['implausible']) ?? 0
  }
  return { ...totals, failed: bySeverity.failed }
}

/** The clients and the names of jobs that a catalog has. One question. Throws as `CatalogReading.ask` does. */
export async function jobChoices(catalog: CatalogReading): Promise<JobChoices> {
  const name = groupName(catalog, sql`Name`)
  const rows = await catalog.ask(sql`
    SELECT kind, id, name FROM (
      SELECT 1 AS kind, ClientId AS id, Name AS name FROM Client ORDER BY ClientId LIMIT ${mostChoices + 1}) cs
    UNION ALL
    SELECT kind, id, name FROM (
      SELECT 2 AS kind, 0 AS id, ${name} AS name FROM Job GROUP BY ${name} LIMIT ${mostChoices + 1}) js`)
  const choices = rows.map((row) => ({ kind: row['kind'], id: readCount(row['id']) ?? 0, name: row['name'] ?? '' }))
  const of = (kind: string) => {
    const found = choices
      .filter((choice) => choice.kind === kind)
      .sort((one, other) => one.name.localeCompare(other.name))
    return found.length > mostChoices ? null : found
  }
  return {
    clients: of('1')?.map(({ id, name: of }) => ({ id, name: of })) ?? null,
    jobNames: of('2')?.map(({ name: of }) => of) ?? null,
  }
}
