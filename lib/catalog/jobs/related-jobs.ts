import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { jobTypeWords } from '../rules'
import { type JobLine, lineColumns, lineJoins, lineOf } from './job-line'

export interface RelatedJob {
  line: JobLine
  /** What it is to the job: "what it is a copy of". */
  relation: string
}

const mostRelated = 20

/**
 * The jobs that a copy, a migration or a restore is bound to by PriorJobId, at most 20. A question that reads no older rows of
 * Job than the job itself, as no index leads to PriorJobId. Throws as `CatalogReading.ask` does.
 */
export async function relatedJobs(
  catalog: CatalogReading,
  { jobId, type, priorJobId }: { jobId: number; type: string; priorJobId: number | null },
): Promise<RelatedJob[]> {
  const rows = await catalog.ask(sql`
    SELECT ${lineColumns} FROM Job j ${lineJoins}
    WHERE j.JobId = ${priorJobId ?? 0} OR (j.JobId > ${jobId} AND j.PriorJobId = ${jobId})
    ORDER BY j.JobId LIMIT ${mostRelated}`)
  return rows.map(lineOf).map((line) => ({
    line,
    relation: line.jobId === priorJobId ? priorWords(type) : laterWords(line.type),
  }))
}

function priorWords(type: string): string {
  if (type === 'C' || type === 'c') return 'what was copied'
  if (type === 'g' || type === 'B') return 'what was migrated'
  return type === 'R' ? 'what was restored' : 'the job before it'
}

function laterWords(type: string): string {
  if (type === 'C') return 'a copy of it'
  if (type === 'B') return 'what it was migrated into'
  return type === 'V' ? 'a verification of it' : jobTypeWords(type)
}
