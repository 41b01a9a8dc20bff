import { joinSql, type Sql, sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { type JobSeverity, statusCodesOf } from '../rules'
import { beganOrDue, contains, orderBy, plausible, realTime, secondsBetween, sortName } from '../sql-parts'
import { type JobFilter, type JobSort, type StatusGroup, sinceSeconds } from './job-filter'

const dayMs = 86_400_000

/** What a filter asks of a row of Job, called `j`; its text in the log is left to `searchLog`. */
export function jobConditions(catalog: CatalogReading, filter: JobFilter): Sql {
  const { search, clientId, fileSetId, name, level, type, status, from, to, since } = filter
  const conditions = [
    search && isNamed(catalog, search),
    clientId !== null && sql`j.ClientId = ${clientId}`,
    fileSetId !== null && sql`j.FileSetId = ${fileSetId}`,
    name !== null && sql`j.Name = ${name}`,
    level !== null && sql`j.Level = ${level}`,
    type !== null && sql`j.Type = ${type}`,
    status !== null && (typeof status === 'string' ? isOfGroup(status) : sql`j.JobStatus = ${status.code}`),
    from !== null && sql`${beganOrDue()} >= ${`${from} 00:00:00`}`,
    to !== null && sql`${beganOrDue()} < ${`${dayAfter(to)} 00:00:00`}`,
    since !== null && sql`j.JobTDate >= ${Math.floor(catalog.now / 1000) - (sinceSeconds(since) ?? 0)}`,
  ].filter((condition) => typeof condition === 'object')
  return conditions.length === 0 ? sql`1 = 1` : joinSql(conditions, sql` AND `)
}

function isNamed(catalog: CatalogReading, search: string): Sql {
  const isText = sql`${contains(catalog, sql`j.Name`, search)} OR ${contains(catalog, sql`j.Job`, search)}`
  return /^\d{1,10}$/.test(search) ? sql`(j.JobId = ${Number(search)} OR ${isText})` : sql`(${isText})`
}

/** By the same words as `jobStatusWords`: a job that ended well with errors counts as one with warnings. */
function isOfGroup(group: StatusGroup): Sql {
  if (group === 'good') return sql`(j.JobStatus IN (${codes('good')}) AND COALESCE(j.JobErrors, 0) <= 0)`
  if (group === 'warned')
    return sql`(j.JobStatus IN (${codes('warned')}) OR (j.JobStatus IN (${codes('good')}) AND j.JobErrors > 0))`
  if (group === 'running') return sql`j.JobStatus IN (${codes('running', 'waiting')})`
  if (group === 'unknown')
    return sql`j.JobStatus NOT IN (${codes('good', 'warned', 'failed', 'canceled', 'running', 'waiting')})`
  return sql`j.JobStatus IN (${codes(group)})`
}

function codes(...severities: JobSeverity[]): Sql {
  return sqlList(severities.flatMap(statusCodesOf))
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)
}

/** The order of a list; the newest first among equals. Rows of Client are called `c`. */
export function jobOrder(catalog: CatalogReading, by: JobSort, descending: boolean): Sql {
  if (by === 'id') return sql`j.JobId ${descending ? sql`DESC` : sql`ASC`}`
  const expressions: Record<Exclude<JobSort, 'id'>, Sql> = {
    name: sortName(catalog, sql`j.Name`),
    client: sortName(catalog, sql`c.Name`),
    level: sql`j.Level`,
    status: sql`j.JobStatus`,
    start: beganOrDue(),
    duration: secondsBetween(catalog, realTime(sql`j.StartTime`), realTime(sql`j.EndTime`)),
    files: plausible(sql`j.JobFiles`),
    bytes: plausible(sql`j.JobBytes`),
    errors: plausible(sql`j.JobErrors`),
  }
  return sql`${orderBy(expressions[by], descending)}, j.JobId DESC`
}
