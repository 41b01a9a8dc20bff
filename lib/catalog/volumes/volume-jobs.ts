import type { RangeEstimate } from '../rules'

export const jobsPerPage = 50

export interface VolumeJob {
  jobId: number
  /** Null, as the next three, where JobMedia names a job that Job no longer has. */
  name: string | null
  level: string | null
  status: string | null
  startTime: string | null
  estimate: RangeEstimate
}

/** A page of the jobs on a volume. */
export interface VolumeJobs {
  rows: VolumeJob[]
  /** Of all pages. */
  total: number
}

/** Reads what the route gave. Throws for anything else. */
export function readVolumeJobs(answer: unknown): VolumeJobs {
  const { rows, total } = fieldsOf(answer)
  if (!Array.isArray(rows)) throw new TypeError('expected the jobs of a volume, got none')
  return { rows: rows.map(readJob), total: numberOf(total) }
}

function readJob(value: unknown): VolumeJob {
  const { jobId, name, level, status, startTime, estimate } = fieldsOf(value)
  const { bytes, because } = fieldsOf(estimate)
  return {
    ...{ jobId: numberOf(jobId), name: textOf(name), level: textOf(level), status: textOf(status) },
    startTime: textOf(startTime),
    estimate: { bytes: bytes === null ? null : numberOf(bytes), isEstimate: true, because: textOf(because) ?? '' },
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`expected an object, got ${typeof value}`)
  return { ...value }
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`expected a number, got ${typeof value}`)
  return value
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
