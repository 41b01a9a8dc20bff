import { parseRecords, readEpoch, readFigure, type StatusRecord } from './parse-records'

/** A job that the director works on or keeps waiting. */
export interface DirectorJob {
  jobId: number
  /** "BackupSlow.2026-11-26_18.22.53_30": unique for ever. */
  uniqueName: string
  name: string
  client: string | null
  fileSet: string | null
  storage: string | null
  level: string
  type: string
  status: string
  /** In the director's words, such as "is waiting for an appendable Volume". */
  statusWords: string
  comment: string
  priority: number | null
  files: number | null
  bytes: number | null
  errors: number | null
  scheduledAt: number | null
  startedAt: number | null
}

/** What the file daemon says of a job that it is at. */
export interface ClientJob {
  jobId: number
  files: number | null
  bytes: number | null
  readBytes: number | null
  bytesPerSecond: number | null
  errors: number | null
  filesExamined: number | null
  file: string | null
}

/** A job that will start. */
export interface ScheduledJob {
  name: string
  level: string
  type: string
  priority: number | null
  at: number | null
  volume: string | null
  pool: string | null
  storage: string | null
}

/** A job that ended lately. */
export interface TerminatedJob {
  jobId: number
  uniqueName: string
  name: string
  level: string
  type: string
  status: string
  statusWords: string
  files: number | null
  bytes: number | null
  errors: number | null
  startedAt: number | null
  endedAt: number | null
}

/** The answer to `.status dir running`, in the director's order. */
export function parseRunning(answer: string): DirectorJob[] {
  return withIds(answer, (record, jobId) => ({
    jobId,
    uniqueName: record.get('job') ?? '',
    name: record.get('name') || jobNameOf(record.get('job') ?? ''),
    client: textOf(record, 'clientname'),
    fileSet: textOf(record, 'fileset'),
    storage: textOf(record, 'storage') ?? textOf(record, 'rstorage'),
    comment: record.get('comment') ?? '',
    priority: readFigure(record.get('priority')),
    scheduledAt: readEpoch(record.get('schedtime_epoch')),
    ...commonOf(record),
  }))
}

/** The answer to `.status dir terminated`, newest first. */
export function parseTerminated(answer: string): TerminatedJob[] {
  return withIds(answer, (record, jobId) => ({
    jobId,
    uniqueName: record.get('job') ?? '',
    name: jobNameOf(record.get('job') ?? ''),
    endedAt: readEpoch(record.get('endtime_epoch')),
    ...commonOf(record),
  })).sort((one, other) => (other.endedAt ?? 0) - (one.endedAt ?? 0))
}

/** The answer to `.status dir scheduled`. */
export function parseScheduled(answer: string): ScheduledJob[] {
  return parseRecords(answer, 'name').map((record) => ({
    name: record.get('name') ?? '',
    level: record.get('level') ?? '',
    type: record.get('type') ?? '',
    priority: readFigure(record.get('priority')),
    at: readEpoch(record.get('schedtime_epoch')),
    volume: textOf(record, 'volume'),
    pool: textOf(record, 'pool'),
    storage: textOf(record, 'storage'),
  }))
}

/** The answer to `.status client=NAME running`, for the jobs that the director has with this client; others are left out. */
export function parseClientJobs(answer: string, jobIds: ReadonlySet<number>): ClientJob[] {
  const jobs = withIds(answer, (record, jobId) => ({
    jobId,
    files: readFigure(record.get('jobfiles')),
    bytes: readFigure(record.get('jobbytes')),
    readBytes: readFigure(record.get('readbytes')),
    bytesPerSecond: readFigure(record.get('bytes/sec')),
    errors: readFigure(record.get('errors')),
    filesExamined: readFigure(record.get('files examined')),
    file: textOf(record, 'processing file'),
  }))
  return jobs.filter(({ jobId }, at) => jobIds.has(jobId) && jobs.findIndex((job) => job.jobId === jobId) === at)
}

/** "BackupSlow" of "BackupSlow.2026-11-26_18.22.53_30". */
export function jobNameOf(uniqueName: string): string {
  return uniqueName.replace(/\.\d{4}-\d\d-\d\d_\d\d\.\d\d\.\d\d_\d+$/, '')
}

function withIds<T>(answer: string, read: (record: StatusRecord, jobId: number) => T): T[] {
  return parseRecords(answer, 'jobid').flatMap((record) => {
    const jobId = readFigure(record.get('jobid'))
    return jobId === null || jobId === 0 ? [] : [read(record, jobId)]
  })
}

function commonOf(record: StatusRecord) {
  return {
    level: record.get('level') ?? '',
    type: record.get('type') ?? '',
    status: record.get('status') ?? '',
    statusWords: record.get('status_desc') ?? '',
    files: readFigure(record.get('jobfiles')),
    bytes: readFigure(record.get('jobbytes')),
    errors: readFigure(record.get('errors')),
    startedAt: readEpoch(record.get('starttime_epoch')),
  }
}

function textOf(record: StatusRecord, key: string): string | null {
  return record.get(key) || null
}
