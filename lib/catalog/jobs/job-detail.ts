import { AppError } from '@/lib/errors'
import { type SqlRow, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { readCount } from '../rules'
import { type JobLine, lineColumns, lineJoins, lineOf } from './job-line'

/** A job with what only its own page shows. */
export interface JobDetail extends JobLine {
  /** Files that were to be saved and could not be read. */
  missingFiles: number | null
  /** The job that it is a copy of, was migrated from or restores. */
  priorJobId: number | null
  comment: string | null
  /** It leaves out what a base job holds. */
  hasBase: boolean
  logLines: number
}

/** A job by its id. Throws `not-found`, and as `CatalogReading.ask` does. */
export async function getJob(catalog: CatalogReading, jobId: number): Promise<JobDetail> {
  const rows = await catalog.ask(sql`
    SELECT ${lineColumns}, j.JobMissingFiles AS missing_files, j.PriorJobId AS prior_job_id, j.Comment AS job_comment,
      j.HasBase AS has_base, (SELECT COUNT(*) FROM Log l WHERE l.JobId = j.JobId) AS log_lines
    FROM Job j ${lineJoins} WHERE j.JobId = ${jobId}`)
  const row = rows[0]
  if (row) return detailOf(row)
  throw new AppError('not-found', `expected job ${jobId} in the catalog, got none`, {
    userMessage: `The catalog has no job ${jobId}. It may have been pruned.`,
  })
}

function detailOf(row: SqlRow): JobDetail {
  return {
    ...lineOf(row),
    missingFiles: readCount(row['missing_files']),
    priorJobId: readCount(row['prior_job_id']) || null,
    comment: row['job_comment'] || null,
    hasBase: (readCount(row['has_base']) ?? 0) > 0,
    logLines: readCount(row['log_lines']) ?? 0,
  }
}
