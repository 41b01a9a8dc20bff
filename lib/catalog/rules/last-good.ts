import { type ChainJob, compareJobs, isGood } from './chain'
import { jobLevelWords } from './job-words'

export interface LastGood<Job extends ChainJob> {
  name: string
  clientId: number
  fileSetId: number
  full: Job | null
  differential: Job | null
  incremental: Job | null
  /** The last of any of the three. */
  any: Job | null
}

/** The last good backup of each level, by job name, client and fileset. A backup that never ended well has all null. Pure. */
export function lastGoods<Job extends ChainJob>(jobs: readonly Job[]): LastGood<Job>[] {
  const found = new Map<string, LastGood<Job>>()
  for (const job of jobs) {
    if (job.type !== 'B') continue
    const { name, clientId, fileSetId } = job
    const key = JSON.stringify([name, clientId, fileSetId])
    const last = found.get(key) ?? {
      name,
      clientId,
      fileSetId,
      full: null,
      differential: null,
      incremental: null,
      any: null,
    }
    found.set(key, last)
    const level = jobLevelWords(job.level).backup
    if (!isGood(job) || level === null || level === 'base') continue
    last[level] = later(last[level], job)
    last.any = later(last.any, job)
  }
  return [...found.values()]
}

function later<Job extends ChainJob>(one: Job | null, other: Job): Job {
  return one === null || compareJobs(one, other) < 0 ? other : one
}
