import { saySpan } from '../rules/say'
import type { ClientRow } from './client-row'

/** A pool that a client's backups go to. */
export interface ClientPool {
  poolId: number
  name: string
  /** Seconds, the longest of its volumes and of the pool itself; null where it is not told. */
  retention: number | null
  jobs: number
}

export interface RetentionRemark {
  status: 'warn' | 'info'
  title: string
  why: string
}

/**
 * Where a client's retention breaks what its pools promise. With JobRetention over, the job leaves the catalog, and its volumes
 * are purged before their time; with FileRetention over, its files can't be listed any more (the manual, "Automatic Volume
 * Recycling"). A Pool resource's own File Retention and Job Retention come first, and no catalog tells them. Pure.
 */
export function retentionRemarks(client: ClientRow, pools: readonly ClientPool[]): RetentionRemark[] {
  const { fileRetention, jobRetention } = client
  const longest = [...pools]
    .filter((pool): pool is ClientPool & { retention: number } => pool.retention !== null)
    .sort((one, other) => other.retention - one.retention)[0]
  const how = client.autoPrune ? 'Bacula prunes by itself' : 'a prune by hand takes'
  const remarks: RetentionRemark[] = []
  if (longest && jobRetention !== null && jobRetention < longest.retention)
    remarks.push({
      status: client.autoPrune ? 'warn' : 'info',
      title: `Jobs leave the catalog before the volumes of ${longest.name} may`,
      why: `Job Retention is ${saySpan(jobRetention)}, the pool keeps its volumes ${saySpan(longest.retention)}. After the shorter time ${how} the jobs: their volumes are purged early, and only bscan would bring them back.`,
    })
  const kept = Math.min(longest?.retention ?? Number.POSITIVE_INFINITY, jobRetention ?? Number.POSITIVE_INFINITY)
  if (longest && fileRetention !== null && fileRetention < kept)
    remarks.push({
      status: 'info',
      title: `After ${saySpan(fileRetention)} single files can’t be chosen any more`,
      why: `File Retention is ${saySpan(fileRetention)}, the backups are kept ${saySpan(kept)}. Between the two a restore takes a job as a whole, without a list of its files.`,
    })
  if (fileRetention !== null && jobRetention !== null && fileRetention > jobRetention)
    remarks.push({
      status: 'info',
      title: 'File Retention is longer than Job Retention',
      why: `The list of files goes with its job: it is kept ${saySpan(jobRetention)}, not ${saySpan(fileRetention)}.`,
    })
  return remarks
}
