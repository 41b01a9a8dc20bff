import type { CatalogReading } from '@/lib/catalog/catalog-reading'
import { jobSeconds, readCount, restorableStatuses } from '@/lib/catalog/rules'
import { joinSql, sql, sqlList } from '@/lib/sql'
import { sameKey } from './join-figures'
import type { LastSameJob } from './running-state'

/**
 * What each of these jobs came to when it last ended well at the same level, by `sameKey`; one question for all. Throws as
 * `CatalogReading.ask` does.
 */
export async function lastSameJobs(
  catalog: CatalogReading,
  jobs: readonly { name: string; level: string }[],
): Promise<Map<string, LastSameJob>> {
  if (jobs.length === 0) return new Map()
  const isOne = joinSql(
    jobs.map(({ name, level }) => sql`(Name = ${name} AND Level = ${level})`),
    sql` OR `,
  )
  const rows = await catalog.ask(sql`
    SELECT JobId AS job_id, Name AS job_name, Level AS level_code, JobFiles AS job_files, JobBytes AS job_bytes,
      StartTime AS start_time, EndTime AS end_time
    FROM Job WHERE JobId IN (
      SELECT MAX(JobId) FROM Job WHERE JobStatus IN (${sqlList([...restorableStatuses])}) AND (${isOne})
      GROUP BY Name, Level)`)
  return new Map(
    rows.map((row) => [
      sameKey({ name: row['job_name'] ?? '', level: row['level_code'] ?? '' }),
      {
        jobId: readCount(row['job_id']) ?? 0,
        files: readCount(row['job_files']),
        bytes: readCount(row['job_bytes']),
        seconds: jobSeconds(row['start_time'], row['end_time'], catalog.zone),
      },
    ]),
  )
}
