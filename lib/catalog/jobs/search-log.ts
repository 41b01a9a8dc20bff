import { type Sql, sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { readCount } from '../rules'
import { contains } from '../sql-parts'
import { jobConditions } from './job-conditions'
import type { JobFilter } from './job-filter'

/** In the logs of more jobs nothing is searched: Log has no index for it. */
export const mostSearched = 1000

/** A line that holds the text, and how many do. */
export interface LogHit {
  lines: number
  /** The first of them, cut at 2,000 characters. */
  text: string
}

export type LogSearch =
  | { kind: 'too many' }
  | {
      kind: 'searched'
      /** Jobs whose log holds the text. */
      jobIds: number[]
      hitsOf(jobIds: readonly number[]): Promise<ReadonlyMap<number, LogHit>>
    }

/**
 * Which jobs of a filter have a text in their log, whatever the case. Two questions, and one for the lines of those that are
 * shown; nothing is searched where the filter leaves more than 1,000 jobs. Throws as `CatalogReading.ask` does.
 */
export async function searchLog(catalog: CatalogReading, filter: JobFilter): Promise<LogSearch> {
  const jobs = await catalog.ask(sql`
    SELECT j.JobId AS job_id FROM Job j WHERE ${jobConditions(catalog, filter)} LIMIT ${mostSearched + 1}`)
  if (jobs.length > mostSearched) return { kind: 'too many' }
  if (jobs.length === 0) return { kind: 'searched', jobIds: [], hitsOf: async () => new Map() }
  const ids = jobs.map((row) => readCount(row['job_id']) ?? 0)
  const found = await catalog.ask(sql`
    SELECT l.JobId AS job_id, COUNT(*) AS hits, MIN(l.LogId) AS first_id FROM Log l
    WHERE l.JobId IN (${sqlList(ids)}) AND ${contains(catalog, sql`l.LogText`, filter.log)} GROUP BY l.JobId`)
  const firsts = new Map(
    found.map((row) => [
      readCount(row['job_id']) ?? 0,
      { lines: readCount(row['hits']) ?? 0, logId: readCount(row['first_id']) ?? 0 },
    ]),
  )
  return {
    kind: 'searched',
    jobIds: [...firsts.keys()],
    async hitsOf(jobIds) {
      const logIds = jobIds.flatMap((jobId) => firsts.get(jobId)?.logId ?? [])
      if (logIds.length === 0) return new Map()
      const lines = await catalog.ask(sql`
        SELECT l.JobId AS job_id, SUBSTR(l.LogText, 1, 2000) AS log_text FROM Log l WHERE l.LogId IN (${sqlList(logIds)})`)
      return new Map(
        lines.map((row) => {
          const jobId = readCount(row['job_id']) ?? 0
          return [jobId, { lines: firsts.get(jobId)?.lines ?? 0, text: (row['log_text'] ?? '').replace(/\0+$/, '') }]
        }),
      )
    },
  }
}

/** The jobs with these ids, as a condition on `j`. */
export function isOneOf(jobIds: readonly number[]): Sql {
  return jobIds.length === 0 ? sql`1 = 0` : sql`j.JobId IN (${sqlList(jobIds)})`
}
