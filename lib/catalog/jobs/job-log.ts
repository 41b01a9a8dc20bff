import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import type { TableExport } from '../export/table-export'
import { readCount } from '../rules'

export interface LogLine {
  logId: number
  /** As stored: local time of the director. */
  time: string | null
  /** Cut at 8,000 characters; a message may have many lines. */
  text: string
  isCut: boolean
}

export const logPageSize = 200
const mostCharacters = 8000

/** A page of a job's log, in the order in which it was written. `page` from 1 on. Throws as `CatalogReading.ask` does. */
export async function readLog(catalog: CatalogReading, jobId: number, page: number): Promise<LogLine[]> {
  const rows = await catalog.ask(sql`
    SELECT l.LogId AS log_id, l.Time AS log_time, SUBSTR(l.LogText, 1, ${mostCharacters}) AS log_text,
      CASE WHEN LENGTH(l.LogText) > ${mostCharacters} THEN 1 ELSE 0 END AS is_cut FROM Log l
    WHERE l.JobId = ${jobId} ORDER BY l.LogId LIMIT ${logPageSize} OFFSET ${(page - 1) * logPageSize}`)
  return rows.map((row) => ({
    logId: readCount(row['log_id']) ?? 0,
    time: row['log_time'] ?? null,
    // Bacula's end of a text stands in MySQL's column too.
    text: (row['log_text'] ?? '').replace(/\0+$/, ''),
    isCut: row['is_cut'] === '1',
  }))
}

/** A job's whole log; the parameter `job` is its id. */
export const logExport: TableExport<LogLine> = {
  name: 'job-log',
  columns: [
    { key: 'time', title: 'Time', value: ({ time }) => time },
    { key: 'text', title: 'Text', value: ({ text, isCut }) => `${text.trimEnd()}${isCut ? ' [cut]' : ''}` },
  ],
  async *rows(catalog, params) {
    const jobId = Number(params.get('job') ?? 0)
    if (!Number.isInteger(jobId) || jobId <= 0 || jobId > 4_294_967_295) return
    for (let page = 1; ; page += 1) {
      const lines = await readLog(catalog, jobId, page)
      yield lines
      if (lines.length < logPageSize) return
    }
  },
}
