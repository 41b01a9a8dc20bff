import { byteFigure } from '@/lib/catalog/rules/units'
import type { LastSameJob, LiveJob } from '@/lib/director/live/running-state'

/** How far a job is against its last run of the same level; null where there is nothing to compare with. */
export interface Progress {
  done: number
  of: number
  /** "62 % of the last one", "more than the last one" */
  words: string
  /** "about 4 min left"; null where no rate tells. */
  left: string | null
}

/** Bytes tell more than files, which may be of any size. */
export function progressOf(job: LiveJob): Progress | null {
  const done = job.bytes
  const of = job.last?.bytes ?? null
  if (!job.isRunning || done === null || of === null || of === 0) return null
  if (done > of) return { done, of, words: 'more than last time', left: null }
  const percent = Math.floor((done / of) * 100)
  const left = job.rate !== null && job.rate > 0 ? `about ${durationText((of - done) / job.rate)} left` : null
  return { done, of, words: `${percent} % of last time`, left }
}

/** "last time 1.2 GB in 14 min" */
export function lastText({ bytes, seconds }: LastSameJob): string {
  const took = seconds === null ? '' : ` in ${durationText(seconds)}`
  if (bytes === null) return 'last time: size not known'
  const { value, unit } = byteFigure(bytes)
  return `last time ${value} ${unit}${took}`
}

/** Seconds as people say them: "40 s", "12 min", "3 h 20 min". */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 90) return `${whole} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.round(hours / 24)} d`
}

/** "Full", "Incremental"; for what is no backup its type. */
export { jobLevelWords, jobStatusWords, jobTypeWords } from '@/lib/catalog/rules/job-words'
