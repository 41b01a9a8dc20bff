import type { DirectorJob, ScheduledJob, TerminatedJob } from '../parse-status'

/** What a job of the same name and level came to when it last ended well. */
export interface LastSameJob {
  jobId: number
  files: number | null
  bytes: number | null
  seconds: number | null
}

/** A job that runs or waits, with what its client says of it. */
export interface LiveJob extends Omit<DirectorJob, 'comment'> {
  /** Whether it is at work, as against waiting for something. */
  isRunning: boolean
  /** The client's word on files and bytes is fresh at each look; the director's own comes every half minute only. */
  figuresFrom: 'client' | 'director'
  /** Bytes per second since the look before; the client's average where there was none. */
  rate: number | null
  file: string | null
  last: LastSameJob | null
}

/** What stands on the page of what runs. Times are milliseconds since 1970. */
export interface RunningState {
  at: number
  director: string
  version: string
  jobs: readonly LiveJob[]
  /** Clients with running jobs that did not answer at the last look. */
  silent: readonly string[]
  scheduled: readonly ScheduledJob[]
  terminated: readonly TerminatedJob[]
}

/** A state, or a sentence that says why there is none; the last state stays beside it. */
export interface RunningPart {
  state: RunningState | null
  trouble: string | null
}
