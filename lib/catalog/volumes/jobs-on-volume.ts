import { sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { rangeBytes, readCount, type VolumePlace } from '../rules'
import { jobsPerPage, type VolumeJobs } from './volume-jobs'
import { volTypeColumn } from './volume-row'

/** One page of the jobs that have something on a volume, the newest first, with about how much. Three questions. */
export async function jobsOnVolume(
  catalog: CatalogReading,
  { mediaId }: { mediaId: number },
  page: number,
): Promise<VolumeJobs> {
  const [sums] = await catalog.ask(sql`SELECT COUNT(DISTINCT jm.JobId) AS jobs, MAX(m.VolBytes) AS vol_bytes,
      MAX(m.VolBlocks) AS vol_blocks, MAX(m.EndFile) AS end_file, MAX(m.EndBlock) AS end_block,
      MAX(${volTypeColumn(catalog)}) AS vol_type
    FROM Media m LEFT JOIN JobMedia jm ON jm.MediaId = m.MediaId WHERE m.MediaId = ${mediaId}`)
  const jobs = await catalog.ask(sql`SELECT f.JobId AS job_id, j.Name AS name, j.Level AS level, j.JobStatus AS status,
      j.StartTime AS start_time
    FROM (SELECT JobId FROM JobMedia WHERE MediaId = ${mediaId} GROUP BY JobId ORDER BY JobId DESC
      LIMIT ${jobsPerPage} OFFSET ${(page - 1) * jobsPerPage}) f LEFT JOIN Job j ON j.JobId = f.JobId
    ORDER BY f.JobId DESC`)
  const ids = jobs.map((row) => readCount(row['job_id']) ?? 0)
  const ranges = ids.length === 0 ? [] : await rangesOf(catalog, mediaId, ids)
  const number = (name: string) => readCount(sums?.[name])
  const place: VolumePlace = {
    volType: number('vol_type'),
    volBytes: number('vol_bytes'),
    volBlocks: number('vol_blocks'),
    endFile: number('end_file'),
    endBlock: number('end_block'),
  }
  return {
    total: number('jobs') ?? 0,
    rows: jobs.map((row, at) => ({
      jobId: ids[at] ?? 0,
      name: row['name'] ?? null,
      level: row['level'] ?? null,
      status: row['status'] ?? null,
      startTime: row['start_time'] ?? null,
      estimate: rangeBytes(
        ranges.filter(({ jobId }) => jobId === ids[at]),
        place,
      ),
    })),
  }
}

async function rangesOf(catalog: CatalogReading, mediaId: number, jobIds: readonly number[]) {
  const rows = await catalog.ask(sql`SELECT JobId AS job_id, StartFile AS start_file, StartBlock AS start_block,
      EndFile AS end_file, EndBlock AS end_block
    FROM JobMedia WHERE JobId IN (${sqlList(jobIds)}) AND MediaId = ${mediaId}`)
  return rows.map((row) => ({
    jobId: readCount(row['job_id']) ?? 0,
    startFile: readCount(row['start_file']) ?? 0,
    startBlock: readCount(row['start_block']) ?? 0,
    endFile: readCount(row['end_file']) ?? 0,
    endBlock: readCount(row['end_block']) ?? 0,
  }))
}
