import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { type JobSeverity, jobStatusWords, readCount } from '../rules'

/** The spans that are counted, with their length in days. */
export const outcomeSpans = [
  { id: '24h', words: 'Last 24 hours', days: 1 },
  { id: '7d', words: 'Last 7 days', days: 7 },
  { id: '30d', words: 'Last 30 days', days: 30 },
] as const
export type OutcomeSpan = (typeof outcomeSpans)[number]['id']

/** Jobs by how they ended; `running` holds those that wait, too. */
export type Outcomes = Record<'good' | 'warned' | 'failed' | 'canceled' | 'running' | 'unknown', number>

export interface JobOutcomes {
  backups: Record<OutcomeSpan, Outcomes>
  /** Restores, verifications, copies and what else is no backup. */
  others: Record<OutcomeSpan, Outcomes>
}

const dayS = 86_400

/**
 * How the jobs of the last 30 days ended. A job counts in the span in which its last step lies (JobTDate: the director sets it
 * when a job is made, when it starts and when it ends), so that no time zone moves it. Throws as `CatalogReading.ask` does.
 */
export async function jobOutcomes(catalog: CatalogReading): Promise<JobOutcomes> {
  const nowS = Math.floor(catalog.now / 1000)
  const [day, week, month] = outcomeSpans.map(({ days }) => nowS - days * dayS)
  const rows = await catalog.ask(sql`
    SELECT Type AS job_type, JobStatus AS job_status, CASE WHEN JobErrors > 0 THEN 1 ELSE 0 END AS has_errors,
      SUM(CASE WHEN JobTDate >= ${day ?? 0} THEN 1 ELSE 0 END) AS in_day,
      SUM(CASE WHEN JobTDate >= ${week ?? 0} THEN 1 ELSE 0 END) AS in_week,
      COUNT(*) AS in_month
    FROM Job WHERE JobTDate >= ${month ?? 0}
    GROUP BY Type, JobStatus, CASE WHEN JobErrors > 0 THEN 1 ELSE 0 END`)
  const outcomes: JobOutcomes = { backups: noneInAnySpan(), others: noneInAnySpan() }
  for (const row of rows) {
    const into = row['job_type'] === 'B' ? outcomes.backups : outcomes.others
    const severity = countedAs(jobStatusWords(row['job_status'] ?? '', readCount(row['has_errors']) ?? 0).severity)
    into['24h'][severity] += readCount(row['in_day']) ?? 0
    into['7d'][severity] += readCount(row['in_week']) ?? 0
    into['30d'][severity] += readCount(row['in_month']) ?? 0
  }
  return outcomes
}

function countedAs(severity: JobSeverity): keyof Outcomes {
  return severity === 'waiting' ? 'running' : severity
}

function noneInAnySpan(): Record<OutcomeSpan, Outcomes> {
  return { '24h': none(), '7d': none(), '30d': none() }
}

function none(): Outcomes {
  return { good: 0, warned: 0, failed: 0, canceled: 0, running: 0, unknown: 0 }
}
