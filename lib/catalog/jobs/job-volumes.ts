import { type Sql, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { type BlockRange, type RangeEstimate, rangeBytes, readCount, type VolumePlace } from '../rules'

/** A volume that holds a part of a job. */
export interface JobVolume {
  mediaId: number
  /** Null where the catalog has no such volume any more. */
  name: string | null
  status: string | null
  mediaType: string | null
  pool: string | null
  poolId: number | null
  /** How much of it is the job's. */
  estimate: RangeEstimate
}

export interface JobVolumes {
  volumes: JobVolume[]
  /** More rows of JobMedia than are read: what is shown is not all. */
  isCut: boolean
}

const mostRanges = 20_000

/** The volumes that a job is on, in the order in which it wrote them. One question. Throws as `CatalogReading.ask` does. */
export async function jobVolumes(catalog: CatalogReading, jobId: number): Promise<JobVolumes> {
  const rows = await catalog.ask(sql`
    SELECT jm.MediaId AS media_id, m.VolumeName AS volume, m.VolStatus AS vol_status, m.MediaType AS media_type,
      p.PoolId AS pool_id, p.Name AS pool, ${volType(catalog)} AS vol_type, m.VolBytes AS vol_bytes,
      m.VolBlocks AS vol_blocks, m.EndFile AS vol_end_file, m.EndBlock AS vol_end_block, jm.StartFile AS start_file,
      jm.StartBlock AS start_block, jm.EndFile AS end_file, jm.EndBlock AS end_block
    FROM JobMedia jm LEFT JOIN Media m ON m.MediaId = jm.MediaId LEFT JOIN Pool p ON p.PoolId = m.PoolId
    WHERE jm.JobId = ${jobId} ORDER BY jm.JobMediaId LIMIT ${mostRanges + 1}`)
  const found = new Map<
    number,
    { volume: Omit<JobVolume, 'estimate'>; place: VolumePlace; ranges: (BlockRange | null)[] }
  >()
  for (const row of rows.slice(0, mostRanges)) {
    const count = (name: string) => readCount(row[name])
    const mediaId = count('media_id') ?? 0
    const known = found.get(mediaId) ?? {
      volume: {
        mediaId,
        ...{ name: row['volume'] ?? null, status: row['vol_status'] ?? null, mediaType: row['media_type'] ?? null },
        ...{ pool: row['pool'] ?? null, poolId: count('pool_id') },
      },
      place: {
        ...{ volType: count('vol_type'), volBytes: count('vol_bytes'), volBlocks: count('vol_blocks') },
        ...{ endFile: count('vol_end_file'), endBlock: count('vol_end_block') },
      },
      ranges: [],
    }
    known.ranges.push(rangeOf(count('start_file'), count('start_block'), count('end_file'), count('end_block')))
    found.set(mediaId, known)
  }
  const volumes = [...found.values()].map(({ volume, place, ranges }) => ({
    ...volume,
    estimate: estimateOf(ranges, place),
  }))
  return { volumes, isCut: rows.length > mostRanges }
}

/** Media.VolType came with Bacula 7.2; Bareos has none. */
function volType({ schema }: CatalogReading): Sql {
  return schema.product === 'bacula' && schema.versionId >= 15 ? sql`m.VolType` : sql`NULL`
}

function rangeOf(startFile: number | null, startBlock: number | null, endFile: number | null, endBlock: number | null) {
  if (startFile === null || startBlock === null || endFile === null || endBlock === null) return null
  return { startFile, startBlock, endFile, endBlock }
}

function estimateOf(ranges: readonly (BlockRange | null)[], place: VolumePlace): RangeEstimate {
  const known = ranges.filter((range) => range !== null)
  if (known.length < ranges.length)
    return { bytes: null, isEstimate: true, because: 'The catalog names a part without its first or last block.' }
  return rangeBytes(known, place)
}
