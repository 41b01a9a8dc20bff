import { wallText } from '@/lib/catalog/rules/local-time'
import { emptyPool } from './configuration'
import { blockBytes } from './fit-pools'
import { dayMs, fileRetentionDays, jobRetentionDays, type Row, type SampleOptions } from './row'
import type { SampleRun } from './runs'

export interface NumberedRun {
  jobId: number
  run: SampleRun
  /** Whether its row in Job is still there. */
  isKept: boolean
  files: number
  uniqueName: string
}

export function numberRuns(
  runs: readonly SampleRun[],
  gone: ReadonlySet<SampleRun>,
  { now, zone }: SampleOptions,
): NumberedRun[] {
  return runs.map((run, place) => {
    const isPruned = gone.has(run) || (run.blocks > 0 && !run.isHeld)
    const gigabytes = (run.blocks * blockBytes) / 1e9
    return {
      jobId: place + 1,
      run,
      isKept: !isPruned && run.end >= now - jobRetentionDays * dayMs,
      files: run.blocks === 0 ? 0 : Math.max(1, Math.round(gigabytes * run.job.filesPerGb)),
      uniqueName: `${run.job.name}.${wallText(run.due, zone).replace(' ', '_').replaceAll(':', '.')}_${String((place % 89) + 3).padStart(2, '0')}`,
    }
  })
}

export function jobRow({ jobId, run, files, uniqueName }: NumberedRun, { now, zone }: SampleOptions): Row {
  const bytes = run.blocks * blockBytes
  const isRunning = run.status === 'R'
  // Headers of blocks and records are not the files' bytes.
  const jobBytes = Math.floor(bytes * 0.9993)
  return {
    JobId: jobId,
    Job: uniqueName,
    Name: run.job.name,
    Type: 'B',
    Level: run.level,
    ClientId: run.job.clientId,
    JobStatus: run.status,
    SchedTime: wallText(run.due, zone),
    StartTime: wallText(run.start, zone),
    EndTime: isRunning ? null : wallText(run.end, zone),
    RealEndTime: isRunning ? null : wallText(run.end, zone),
    JobTDate: Math.floor((isRunning ? run.start : run.end) / 1000),
    VolSessionId: run.blocks === 0 ? 0 : jobId,
    VolSessionTime: run.blocks === 0 ? 0 : Math.floor((run.start - 40 * dayMs) / 1000),
    JobFiles: files,
    JobBytes: jobBytes,
    ReadBytes: run.blocks === 0 ? 0 : Math.floor(jobBytes / run.job.kept),
    JobErrors: run.errors,
    PoolId: run.pool.id,
    FileSetId: run.job.fileSetId,
    PurgedFiles: run.end < now - fileRetentionDays * dayMs ? 1 : 0,
    Comment: null,
  }
}

/** Somebody got files back now and then; one try ended with an error on the volume that is bad since. */
export function restoreRows(jobs: number, { now, zone }: SampleOptions): Row[] {
  const restores = [
    { daysAgo: 141.4, files: 1, bytes: 84_211, status: 'T', errors: 0 },
    { daysAgo: 33.6, files: 212, bytes: 1_310_774_112, status: 'E', errors: 2 },
    { daysAgo: 5.3, files: 37, bytes: 214_887_003, status: 'T', errors: 0 },
  ]
  return restores.map(({ daysAgo, files, bytes, status, errors }, place) => {
    const start = now - daysAgo * dayMs
    const end = start + 20_000 + bytes / 9000
    const times = { SchedTime: wallText(start, zone), StartTime: wallText(start + 2000, zone) }
    return {
      JobId: jobs + place + 1,
      Job: `RestoreFiles.${times.SchedTime.replace(' ', '_').replaceAll(':', '.')}_03`,
      ...{ Name: 'RestoreFiles', Type: 'R', Level: 'F', ClientId: 1, JobStatus: status, ...times },
      ...{ EndTime: wallText(end, zone), RealEndTime: wallText(end, zone), JobTDate: Math.floor(end / 1000) },
      ...{ JobFiles: files, JobBytes: bytes, ReadBytes: 0, JobErrors: errors, PoolId: emptyPool.id, FileSetId: 1 },
      ...{ VolSessionId: 0, VolSessionTime: 0, PurgedFiles: 0, Comment: null },
    }
  })
}
