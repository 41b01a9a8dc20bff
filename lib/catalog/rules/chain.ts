import { jobLevelWords, restorableStatuses } from './job-words'
import { count, saySpan } from './say'

export interface ChainJob {
  jobId: number
  name: string
  clientId: number
  fileSetId: number
  type: string
  level: string
  jobStatus: string
  /** As stored: local time. */
  startTime: string | null
  /** Seconds since 1970. */
  jobTDate: number | null
  /** Its rows in File are pruned: only the job as a whole can be restored. */
  purgedFiles: boolean
}

export interface Chain<Job extends ChainJob> {
  /** What a restore of the job reads, oldest first; the job itself is the last. */
  links: Job[]
  isComplete: boolean
  because: string
  /** What the catalog can't settle. */
  doubts: string[]
}

/**
 * The Full, the Differential and the Incrementals that a backup stands on, of the same name, client and fileset: the last
 * good Full before it, the last good Differential since, and every good Incremental since that. Failed jobs are passed over,
 * as Bacula itself does when it looks for what to start from (StartTime of the last job with status T or W).
 * `unusable` says of a job, by JobId, why its volumes can't be read. Pure.
 */
export function chainOf<Job extends ChainJob>(
  job: Job,
  jobs: readonly Job[],
  unusable: ReadonlyMap<number, string> = new Map(),
): Chain<Job> {
  const level = jobLevelWords(job.level).backup
  if (job.type !== 'B' || level === null) return broken([job], 'It is no backup.')
  if (!isGood(job)) return broken([...before(job, jobs), job], 'The job itself did not end well.')
  const links = level === 'full' ? [job] : [...before(job, jobs), job]
  const full = links[0]
  if (level === 'base') return { ...broken(links, 'Pollux does not follow base jobs.'), isComplete: false }
  if (!full || jobLevelWords(full.level).backup !== 'full')
    return broken(links, 'No good Full before it is in the catalog: what it holds alone can be restored, and no more.')
  const lost = links.find(({ jobId }) => unusable.has(jobId))
  if (lost) return broken(links, `Job ${lost.jobId} can't be read: ${unusable.get(lost.jobId)}`)
  return {
    links,
    isComplete: true,
    because: `${count(links.length, 'job')}, from the Full on.`,
    doubts: doubtsOf(links),
  }
}

/** What stands before the job: Full, Differential, Incrementals; what is there when the Full is not. */
function before<Job extends ChainJob>(job: Job, jobs: readonly Job[]): Job[] {
  const earlier = jobs
    .filter((other) => isSameSeries(other, job) && isGood(other) && compareJobs(other, job) < 0)
    .sort(compareJobs)
  const fullAt = earlier.findLastIndex((other) => backup(other) === 'full')
  const sinceFull = earlier.slice(fullAt + 1)
  const full = earlier.slice(Math.max(0, fullAt), fullAt + 1)
  if (backup(job) === 'differential') return full
  const differentialAt = sinceFull.findLastIndex((other) => backup(other) === 'differential')
  const from = differentialAt < 0 ? sinceFull : sinceFull.slice(differentialAt)
  return [...full, ...from.filter((other) => backup(other) !== 'base')]
}

/** By their start, then by their id. Both in the catalog's local time, where an hour may come twice: then JobTDate tells. */
export function compareJobs(one: ChainJob, other: ChainJob): number {
  const byStart = (one.startTime ?? '').localeCompare(other.startTime ?? '')
  return byStart || (one.jobTDate ?? 0) - (other.jobTDate ?? 0) || one.jobId - other.jobId
}

/** Whether files can be restored from a job: it ended well, or with warnings. */
export function isGood({ jobStatus }: { jobStatus: string }): boolean {
  return restorableStatuses.some((code) => code === jobStatus)
}

function isSameSeries(one: ChainJob, other: ChainJob): boolean {
  return (
    one.type === 'B' &&
    one.name === other.name &&
    one.clientId === other.clientId &&
    one.fileSetId === other.fileSetId &&
    one.jobId !== other.jobId
  )
}

function backup({ level }: ChainJob) {
  return jobLevelWords(level).backup
}

function doubtsOf(links: readonly ChainJob[]): string[] {
  const bare = links.filter(({ purgedFiles }) => purgedFiles)
  const listGone =
    bare.length > 0
      ? [`The list of files of ${count(bare.length, 'job')} is pruned: a restore takes such a job as a whole.`]
      : []
  return [...listGone, ...gapDoubts(links)]
}

/** An Incremental that was pruned leaves no trace but a longer time between its neighbours. */
function gapDoubts(links: readonly ChainJob[]): string[] {
  const increments = links.filter((link) => backup(link) === 'incremental' && link.jobTDate !== null)
  const gaps = increments.slice(1).map((link, at) => (link.jobTDate ?? 0) - (increments[at]?.jobTDate ?? 0))
  const usual = [...gaps].sort((one, other) => one - other)[Math.floor(gaps.length / 2)]
  if (usual === undefined || gaps.length < 3) return []
  const widest = gaps.indexOf(Math.max(...gaps))
  const gap = gaps[widest] ?? 0
  if (gap <= 2.5 * usual) return []
  const [from, to] = [increments[widest]?.jobId, increments[widest + 1]?.jobId]
  return [
    `Between jobs ${from} and ${to} lie ${saySpan(gap)}, elsewhere ${saySpan(usual)}: one between them may be pruned.`,
  ]
}

function broken<Job extends ChainJob>(links: Job[], because: string): Chain<Job> {
  return { links, isComplete: false, because, doubts: doubtsOf(links) }
}
