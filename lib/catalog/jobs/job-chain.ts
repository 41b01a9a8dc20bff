import { type SqlRow, sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { type Chain, type ChainJob, chainOf, enabledWords, isGood, jobLevelWords, parseWall, readCount } from '../rules'
import { isRestorable } from '../sql-parts'
import type { JobDetail } from './job-detail'

export interface ChainLink extends ChainJob {
  files: number | null
  bytes: number | null
}

/** A volume that a restore would ask for. */
export interface ChainVolume {
  mediaId: number
  /** Null where the catalog has no such volume any more. */
  name: string | null
  status: string | null
  enabled: number | null
  /** The links that are on it. */
  jobIds: number[]
}

export interface JobChain {
  chain: Chain<ChainLink>
  /** In the order in which a restore reads them. */
  volumes: ChainVolume[]
  /** Sums of all links: the most that a restore of everything reads. Null where one of them is not known. */
  files: number | null
  bytes: number | null
}

const mostLinks = 5000
const mostVolumes = 20_000

/**
 * What a backup stands on, whether that is whole, and the volumes that a restore of it would ask for. Null for what is no
 * backup. Two questions. Throws as `CatalogReading.ask` does.
 */
export async function jobChain(catalog: CatalogReading, job: JobDetail): Promise<JobChain | null> {
  if (job.type !== 'B') return null
  const self = linkOfJob(job)
  const before = await earlierJobs(catalog, self)
  const { links } = chainOf(self, before)
  const volumes = await volumesOf(
    catalog,
    links.map(({ jobId }) => jobId),
  )
  const chain = chainOf(self, before, unusableJobs(links, volumes))
  return {
    chain: { ...chain, ...withDoubts(chain, job, before) },
    volumes,
    files: sumOf(chain.links.map(({ files }) => files)),
    bytes: sumOf(chain.links.map(({ bytes }) => bytes)),
  }
}

function linkOfJob(job: JobDetail): ChainLink {
  const { jobId, name, type, level, startTime, jobTDate, purgedFiles, files, bytes } = job
  const ids = { clientId: job.clientId ?? 0, fileSetId: job.fileSetId ?? 0 }
  return { jobId, name, type, level, startTime, jobTDate, purgedFiles, files, bytes, ...ids, jobStatus: job.status }
}

/** Good jobs of the same series since the last good Full before it; all of them where there is none. The latest first. */
async function earlierJobs(catalog: CatalogReading, job: ChainLink): Promise<ChainLink[]> {
  const { startTime } = job
  if (parseWall(startTime) === null) return []
  const isSeries = (of: 'j' | 'f') => {
    const row =
      of === 'j'
        ? { name: sql`j.Name`, client: sql`j.ClientId`, fileSet: sql`j.FileSetId`, type: sql`j.Type` }
        : { name: sql`f.Name`, client: sql`f.ClientId`, fileSet: sql`f.FileSetId`, type: sql`f.Type` }
    return sql`${row.name} = ${job.name} AND ${row.client} = ${job.clientId} AND ${row.fileSet} = ${job.fileSetId} AND ${row.type} = 'B'`
  }
  const rows = await catalog.ask(sql`
    SELECT j.JobId AS job_id, j.Level AS level_code, j.JobStatus AS job_status, j.StartTime AS start_time,
      j.JobTDate AS job_tdate, j.PurgedFiles AS purged_files, j.JobFiles AS job_files, j.JobBytes AS job_bytes
    FROM Job j
    WHERE ${isSeries('j')} AND ${isRestorable(sql`j.JobStatus`)} AND j.JobId <> ${job.jobId} AND j.StartTime <= ${startTime}
      AND j.StartTime >= COALESCE((
        SELECT MAX(f.StartTime) FROM Job f WHERE ${isSeries('f')} AND ${isRestorable(sql`f.JobStatus`)}
          AND f.Level IN ('F', 'f') AND f.JobId <> ${job.jobId} AND f.StartTime <= ${startTime}), '1970-01-02 00:00:00')
    ORDER BY j.StartTime DESC, j.JobId DESC LIMIT ${mostLinks + 1}`)
  return rows.map((row) => linkOf(row, job))
}

function linkOf(row: SqlRow, { name, clientId, fileSetId }: ChainLink): ChainLink {
  return {
    ...{ jobId: readCount(row['job_id']) ?? 0, name, clientId, fileSetId, type: 'B' },
    ...{ level: row['level_code'] ?? '', jobStatus: row['job_status'] ?? '', startTime: row['start_time'] ?? null },
    ...{ jobTDate: readCount(row['job_tdate']), purgedFiles: (readCount(row['purged_files']) ?? 0) > 0 },
    ...{ files: readCount(row['job_files']), bytes: readCount(row['job_bytes']) },
  }
}

async function volumesOf(catalog: CatalogReading, jobIds: readonly number[]): Promise<ChainVolume[]> {
  const rows = await catalog.ask(sql`
    SELECT jm.JobId AS job_id, jm.MediaId AS media_id, m.VolumeName AS volume, m.VolStatus AS vol_status,
      m.Enabled AS vol_enabled, MIN(jm.JobMediaId) AS first_id
    FROM JobMedia jm LEFT JOIN Media m ON m.MediaId = jm.MediaId WHERE jm.JobId IN (${sqlList(jobIds)})
    GROUP BY jm.JobId, jm.MediaId, m.VolumeName, m.VolStatus, m.Enabled
    ORDER BY MIN(jm.JobMediaId) LIMIT ${mostVolumes}`)
  const volumes = new Map<number, ChainVolume>()
  for (const row of rows) {
    const mediaId = readCount(row['media_id']) ?? 0
    const volume = volumes.get(mediaId) ?? {
      ...{ mediaId, name: row['volume'] ?? null, status: row['vol_status'] ?? null },
      ...{ enabled: readCount(row['vol_enabled']), jobIds: [] },
    }
    volume.jobIds.push(readCount(row['job_id']) ?? 0)
    volumes.set(mediaId, volume)
  }
  return [...volumes.values()]
}

/** Why links can't be read, by JobId. A job without data needs no volume. Pure. */
export function unusableJobs(links: readonly ChainLink[], volumes: readonly ChainVolume[]): Map<number, string> {
  const why = new Map<number, string>()
  for (const { jobId, jobStatus, bytes } of links) {
    const its = volumes.filter(({ jobIds }) => jobIds.includes(jobId))
    const trouble = its.map(troubleOf).find((found) => found !== null)
    if (trouble) why.set(jobId, trouble)
    else if (its.length === 0 && bytes !== 0 && isGood({ jobStatus }))
      why.set(jobId, 'the catalog names no volume of it any more.')
  }
  return why
}

/** Why a volume is no longer good for a restore; null where nothing is known against it. */
export function troubleOf({ mediaId, name, status, enabled }: Omit<ChainVolume, 'jobIds'>): string | null {
  if (name === null) return `its volume, number ${mediaId}, is no longer in the catalog.`
  if (status === 'Purged' || status === 'Recycle') return `its volume ${name} is ${status} and may be written over.`
  if (status === 'Error') return `its volume ${name} is in Error: reading it may fail.`
  return enabled === 0 ? `its volume ${name} is ${enabledWords(0)}.` : null
}

/** What the rules can't know of the job and of what was read. */
function withDoubts(
  { doubts, isComplete, because }: Chain<ChainLink>,
  { startTime, hasBase, level }: JobDetail,
  before: readonly ChainLink[],
): Pick<Chain<ChainLink>, 'doubts' | 'isComplete' | 'because'> {
  if (parseWall(startTime) === null && jobLevelWords(level).backup !== 'full')
    return {
      doubts,
      isComplete: false,
      because: 'The catalog does not tell when it began, so not what stood before it.',
    }
  if (before.length > mostLinks)
    return {
      doubts,
      isComplete: false,
      because: `More than ${mostLinks.toLocaleString('en')} jobs stand before it: they were not all followed.`,
    }
  const more = hasBase ? ['It leaves out what a base job holds, and Pollux does not follow base jobs.'] : []
  return { doubts: [...doubts, ...more], isComplete, because }
}

function sumOf(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>((sum, number) => (sum === null || number === null ? null : sum + number), 0)
}
