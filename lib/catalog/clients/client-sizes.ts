import { sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { readCount, wallText } from '../rules'
import { groupName, isRestorable, monthText, realTime } from '../sql-parts'

/** The last good Full of a job in a month. */
export interface MonthOfJob {
  clientId: number
  name: string
  /** "2026-11", in the catalog's zone. */
  month: string
  bytes: number | null
}

export interface MonthSize {
  month: string
  /** Null: not known. */
  bytes: number | null
}

export const sizeMonths = 13
const mostRows = 20_000

/** The last good Fulls of each month of these jobs. One question. Throws as `CatalogReading.ask` does. */
export async function monthlyFulls(
  catalog: CatalogReading,
  jobs: readonly { clientId: number; name: string }[],
): Promise<MonthOfJob[]> {
  if (jobs.length === 0) return []
  // Also by name: Job has an index for it, and none for its clients.
  const clientIds = [...new Set(jobs.map(({ clientId }) => clientId))]
  const names = [...new Set(jobs.map((job) => job.name))]
  const name = groupName(catalog, sql`j.Name`)
  const month = monthText(catalog, realTime(sql`j.StartTime`))
  const from = monthsUntil(catalog)[0] ?? ''
  const rows = await catalog.ask(sql`
    SELECT f.client_id AS client_id, f.job_name AS job_name, f.month AS month, k.JobBytes AS job_bytes
    FROM (
      SELECT j.ClientId AS client_id, ${name} AS job_name, ${month} AS month, MAX(j.JobId) AS id
      FROM Job j WHERE j.Type = 'B' AND j.Level IN ('F', 'f') AND ${isRestorable(sql`j.JobStatus`)}
        AND j.ClientId IN (${sqlList(clientIds)}) AND j.Name IN (${sqlList(names)}) AND j.StartTime >= ${`${from}-01 00:00:00`}
      GROUP BY j.ClientId, ${name}, ${month}) f
    JOIN Job k ON k.JobId = f.id LIMIT ${mostRows}`)
  return rows.map((row) => ({
    clientId: readCount(row['client_id']) ?? 0,
    name: row['job_name'] ?? '',
    month: row['month'] ?? '',
    bytes: readCount(row['job_bytes']),
  }))
}

/** The last 13 months by the director's calendar, the oldest first. */
export function monthsUntil({ now, zone }: Pick<CatalogReading, 'now' | 'zone'>): string[] {
  const [year = 0, month = 1] = wallText(now, zone).split('-').map(Number)
  return Array.from({ length: sizeMonths }, (_, at) =>
    new Date(Date.UTC(year, month - 1 - (sizeMonths - 1 - at), 1)).toISOString().slice(0, 7),
  )
}

/**
 * What a client's last good Fulls held together at the end of each month: a job without a Full in a month counts with its
 * last one before. Null before the first, and where one of them is not known. Pure.
 */
export function sizeByMonth(fulls: readonly MonthOfJob[], months: readonly string[]): MonthSize[] {
  const current = new Map<string, number | null>()
  return months.map((month) => {
    for (const full of fulls) if (full.month === month) current.set(full.name, full.bytes)
    const sizes = [...current.values()]
    const isKnown = sizes.length > 0 && sizes.every((bytes) => bytes !== null)
    return { month, bytes: isKnown ? sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0) : null }
  })
}
