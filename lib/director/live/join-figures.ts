import { jobStatusWords } from '@/lib/catalog/rules'
import type { ClientJob, DirectorJob } from '../parse-status'
import type { LastSameJob, LiveJob } from './running-state'

/** What a client said, and when. */
export interface ClientSaid {
  at: number
  job: ClientJob
  /** The look before, for the rate. */
  before: { at: number; bytes: number | null } | null
}

/** Whether a job's client is at it, so that it can be asked for its figures. */
export function isAtWork(job: DirectorJob): boolean {
  return jobStatusWords(job.status).severity === 'running'
}

/** Which "last same job" a job has: by name and level. */
export function sameKey({ name, level }: { name: string; level: string }): string {
  return `${level} ${name}`
}

/** One job of the page, from the director's record and what its client last said of it. */
export function joinFigures(job: DirectorJob, said: ClientSaid | undefined, last: LastSameJob | null): LiveJob {
  const { comment: _comment, ...shown } = job
  return {
    ...shown,
    files: said?.job.files ?? job.files,
    bytes: said?.job.bytes ?? job.bytes,
    errors: largest(said?.job.errors ?? null, job.errors),
    isRunning: isAtWork(job),
    figuresFrom: said ? 'client' : 'director',
    rate: said ? rateOf(said) : null,
    file: said?.job.file ?? null,
    last,
  }
}

/** The next word of a client. A look within a second of the one before is no base for a rate: the older base stays. */
export function saidNext(earlier: ClientSaid | undefined, job: ClientJob, at: number): ClientSaid {
  if (!earlier) return { at, job, before: null }
  const isTooClose = at - earlier.at < 1000
  return { at, job, before: isTooClose ? earlier.before : { at: earlier.at, bytes: earlier.job.bytes } }
}

function rateOf({ at, job, before }: ClientSaid): number | null {
  if (before === null || before.bytes === null || job.bytes === null || job.bytes < before.bytes)
    return job.bytesPerSecond
  return ((job.bytes - before.bytes) * 1000) / (at - before.at)
}

function largest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.max(one, other)
}
