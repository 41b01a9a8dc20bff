import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { type JobChain, jobChain } from './job-chain'
import { getJob, type JobDetail } from './job-detail'
import type { JobLine } from './job-line'
import { type LogLine, readLog } from './job-log'
import { type JobVolumes, jobVolumes } from './job-volumes'
import { readLines } from './list-jobs'
import { type RelatedJob, relatedJobs } from './related-jobs'

export interface JobPage {
  job: JobDetail
  volumes: JobVolumes
  log: LogLine[]
  /** The last runs of the same job on the same client, the newest first. */
  history: JobLine[]
  /** Null for what is no backup. */
  chain: JobChain | null
  related: RelatedJob[]
}

export const historyRuns = 30

/** All that a job's page shows, in at most seven questions. `logPage` from 1 on. Throws `not-found`, and as `CatalogReading.ask` does. */
export async function readJob(catalog: CatalogReading, jobId: number, logPage: number): Promise<JobPage> {
  const job = await getJob(catalog, jobId)
  const isSame = sql`j.Name = ${job.name} AND j.Type = ${job.type} AND COALESCE(j.ClientId, 0) = ${job.clientId ?? 0}`
  return {
    job,
    volumes: await jobVolumes(catalog, jobId),
    log: await readLog(catalog, jobId, logPage),
    history: await readLines(catalog, isSame, { by: 'id', descending: true }, { limit: historyRuns, offset: 0 }),
    chain: await jobChain(catalog, job),
    related: await relatedJobs(catalog, job),
  }
}
