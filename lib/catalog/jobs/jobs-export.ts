import { AppError } from '@/lib/errors'
import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import type { TableExport } from '../export/table-export'
import { type JobStatusWords, jobSeconds, jobStatusWords } from '../rules'
import { jobConditions } from './job-conditions'
import { paramsOf, readJobFilter } from './job-filter'
import { isUnended, type JobLine } from './job-line'
import { readLines } from './list-jobs'
import { isOneOf, mostSearched, searchLog } from './search-log'

interface ExportedJob {
  line: JobLine
  words: JobStatusWords
  zone: string
}

const partSize = 1000

/** The jobs of the list's filter, the newest first. */
export const jobsExport: TableExport<ExportedJob> = {
  name: 'jobs',
  columns: [
    { key: 'jobId', title: 'JobId', value: ({ line }) => line.jobId },
    { key: 'name', title: 'Name', value: ({ line }) => line.name },
    { key: 'uniqueName', title: 'Job', value: ({ line }) => line.uniqueName },
    { key: 'client', title: 'Client', value: ({ line }) => line.client },
    { key: 'type', title: 'Type', value: ({ line }) => line.type },
    { key: 'level', title: 'Level', value: ({ line }) => line.level },
    { key: 'status', title: 'Status', value: ({ line }) => line.status },
    { key: 'statusWords', title: 'Status in words', value: ({ words }) => words.words },
    { key: 'fileSet', title: 'FileSet', value: ({ line }) => line.fileSet },
    { key: 'pool', title: 'Pool', value: ({ line }) => line.pool },
    { key: 'scheduled', title: 'Scheduled', value: ({ line }) => line.schedTime },
    { key: 'start', title: 'Start', value: ({ line }) => line.startTime },
    { key: 'end', title: 'End', value: ({ line }) => line.endTime },
    { key: 'seconds', title: 'Seconds', value: secondsOf },
    { key: 'files', title: 'Files', value: ({ line }) => line.files },
    { key: 'bytes', title: 'Bytes', value: ({ line }) => line.bytes },
    { key: 'readBytes', title: 'Read bytes', value: ({ line }) => line.readBytes },
    { key: 'errors', title: 'Errors', value: ({ line }) => line.errors },
  ],
  rows: readAll,
}

async function* readAll(catalog: CatalogReading, params: URLSearchParams): AsyncIterable<readonly ExportedJob[]> {
  const where = await conditionsOf(catalog, params)
  const { zone } = catalog
  const exported = (line: JobLine) => ({ line, words: jobStatusWords(line.status, line.errors ?? 0), zone })
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const lines = await readLines(
      catalog,
      sql`${where} AND j.JobId < ${below}`,
      { by: 'id', descending: true },
      { limit: partSize, offset: 0 },
    )
    yield lines.map(exported)
    const last = lines.at(-1)
    if (!last || lines.length < partSize) return
    below = last.jobId
  }
}

function secondsOf({ line, words, zone }: ExportedJob): number | null {
  return isUnended(words) ? null : jobSeconds(line.startTime, line.endTime, zone)
}

async function conditionsOf(catalog: CatalogReading, params: URLSearchParams) {
  const filter = readJobFilter(paramsOf(params))
  if (filter.log === '') return jobConditions(catalog, filter)
  const found = await searchLog(catalog, filter)
  if (found.kind === 'searched') return isOneOf(found.jobIds)
  throw new AppError('invalid', `expected at most ${mostSearched} jobs to search the logs of, got more`, {
    userMessage: `The filter leaves more than ${mostSearched.toLocaleString('en')} jobs: too many to search their logs. Narrow it first.`,
  })
}
