import { sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import {
  type JobStatusWords,
  jobLevelWords,
  jobStatusWords,
  jobTypeWords,
  laterInstant,
  readCount,
  statusCodesOf,
} from '../rules'

export interface UnfinishedJob {
  jobId: number
  job: string
  client: string | null
  /** "Full" for a backup, else what it does: "restore". */
  what: string
  status: JobStatusWords
  /** When it began; null while it waits for that. */
  startedAt: number | null
}

/** More are not shown: so many at once run nowhere, but rows that a crashed director left behind gather. */
export const shownUnfinished = 100

/**
 * The jobs that have not ended by what the catalog says, the newest first, at most one more than are shown. A director that
 * crashed leaves such rows behind for ever: only the director itself knows what runs. Throws as `CatalogReading.ask` does.
 */
export async function unfinishedJobs(catalog: CatalogReading): Promise<UnfinishedJob[]> {
  const codes = [...statusCodesOf('running'), ...statusCodesOf('waiting')]
  const rows = await catalog.ask(sql`
    SELECT j.JobId AS job_id, j.Name AS job, c.Name AS client, j.Type AS job_type, j.Level AS level_code,
      j.JobStatus AS job_status, j.StartTime AS start_time
    FROM Job j LEFT JOIN Client c ON c.ClientId = j.ClientId
    WHERE j.JobStatus IN (${sqlList(codes)}) ORDER BY j.JobId DESC LIMIT ${shownUnfinished + 1}`)
  return rows.map((row) => ({
    jobId: readCount(row['job_id']) ?? 0,
    job: row['job'] ?? '',
    client: row['client'] ?? null,
    what: row['job_type'] === 'B' ? jobLevelWords(row['level_code'] ?? '').words : jobTypeWords(row['job_type'] ?? ''),
    status: jobStatusWords(row['job_status'] ?? ''),
    startedAt: laterInstant(row['start_time'], catalog.zone),
  }))
}
