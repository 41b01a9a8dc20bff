import { type Sql, type SqlRow, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import {
  compression,
  type JobStatusWords,
  jobLevelWords,
  jobRate,
  jobSeconds,
  jobStatusWords,
  jobTypeWords,
  laterInstant,
  readCount,
} from '../rules'

/** A job as lists show it. Null is not known. */
export interface JobLine {
  jobId: number
  name: string
  /** The run's own name: "Zebulon-A.2026-11-07_23.05.00_04". */
  uniqueName: string
  type: string
  level: string
  status: string
  clientId: number | null
  /** Null where the catalog has no such client. */
  client: string | null
  fileSetId: number | null
  fileSet: string | null
  poolId: number | null
  pool: string | null
  /** As stored: local times of the director. */
  schedTime: string | null
  startTime: string | null
  endTime: string | null
  /** Seconds since 1970, in no zone. */
  jobTDate: number | null
  files: number | null
  bytes: number | null
  /** What was read before compression. */
  readBytes: number | null
  errors: number | null
  purgedFiles: boolean
}

/** The columns of `lineOf`, from Job `j`, Client `c`, FileSet `f` and Pool `p`. */
export const lineColumns: Sql = sql`j.JobId AS job_id, j.Name AS job_name, j.Job AS unique_name, j.Type AS job_type,
  j.Level AS level_code, j.JobStatus AS job_status, j.ClientId AS client_id, c.Name AS client, j.FileSetId AS fileset_id,
  f.FileSet AS fileset, j.PoolId AS pool_id, p.Name AS pool, j.SchedTime AS sched_time, j.StartTime AS start_time,
  j.EndTime AS end_time, j.JobTDate AS job_tdate, j.JobFiles AS job_files, j.JobBytes AS job_bytes,
  j.ReadBytes AS read_bytes, j.JobErrors AS job_errors, j.PurgedFiles AS purged_files`

/** What `lineColumns` stands on, behind Job `j`. */
export const lineJoins: Sql = sql`LEFT JOIN Client c ON c.ClientId = j.ClientId
  LEFT JOIN FileSet f ON f.FileSetId = j.FileSetId LEFT JOIN Pool p ON p.PoolId = j.PoolId`

/** Reads a row of `lineColumns`. */
export function lineOf(row: SqlRow): JobLine {
  const text = (name: string) => row[name] ?? ''
  return {
    ...{ jobId: readCount(row['job_id']) ?? 0, name: text('job_name'), uniqueName: text('unique_name') },
    ...{ type: text('job_type'), level: text('level_code'), status: text('job_status') },
    ...{ clientId: readCount(row['client_id']), client: row['client'] ?? null },
    ...{ fileSetId: readCount(row['fileset_id']), fileSet: row['fileset'] ?? null },
    ...{ poolId: readCount(row['pool_id']), pool: row['pool'] ?? null },
    schedTime: row['sched_time'] ?? null,
    startTime: row['start_time'] ?? null,
    endTime: row['end_time'] ?? null,
    jobTDate: readCount(row['job_tdate']),
    files: readCount(row['job_files']),
    bytes: readCount(row['job_bytes']),
    readBytes: readCount(row['read_bytes']),
    errors: readCount(row['job_errors']),
    purgedFiles: (readCount(row['purged_files']) ?? 0) > 0,
  }
}

/** What follows from a job's row. */
export interface JobFigures {
  words: JobStatusWords
  /** "Full" for a backup, else what it does: "restore". */
  what: string
  /** Milliseconds since 1970. */
  startedAt: number | null
  endedAt: number | null
  /** Null while it runs, and where the times cannot be. */
  seconds: number | null
  /** Bytes a second. */
  rate: number | null
  /** 0.25: a quarter less than was read. */
  compression: number | null
}

/** A job that has not ended by what the catalog says; its director may have crashed. */
export function isUnended(words: JobStatusWords): boolean {
  return words.severity === 'running' || words.severity === 'waiting'
}

/** Works out a line's figures. Pure. */
export function figuresOf(line: JobLine, { zone }: Pick<CatalogReading, 'zone'>): JobFigures {
  const words = jobStatusWords(line.status, line.errors ?? 0)
  const seconds = isUnended(words) ? null : jobSeconds(line.startTime, line.endTime, zone)
  return {
    words,
    what: whatOf(line),
    startedAt: laterInstant(line.startTime, zone),
    endedAt: isUnended(words) ? null : laterInstant(line.endTime, zone),
    seconds,
    rate: jobRate(line.bytes, seconds),
    compression: compression(line.readBytes, line.bytes),
  }
}

function whatOf({ type, level }: Pick<JobLine, 'type' | 'level'>): string {
  const { words, backup } = jobLevelWords(level)
  if (type === 'B') return words
  const does = jobTypeWords(type)
  // A copy, a migrated backup and an archive keep the level of what they hold.
  if ('CMA'.includes(type) && type !== '' && backup !== null) return `${words}, ${does}`
  return type === 'V' && words !== 'none' && backup === null ? words : does
}
