import { type Sql, type SqlRow, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import {
  type JobsLeft,
  laterInstant,
  readCount,
  type VolumeHealth,
  type VolumeKind,
  type VolumeVerdict,
  volumeHealth,
  volumeKind,
  volumeVerdict,
} from '../rules'

/** A row of Media, as far as it can be read. Null is "the catalog does not say", never zero. */
export interface Volume {
  mediaId: number
  name: string
  poolId: number | null
  pool: string | null
  mediaType: string
  volStatus: string
  enabled: number | null
  recycle: boolean
  bytes: number | null
  maxBytes: number | null
  jobs: number | null
  files: number | null
  blocks: number | null
  mounts: number | null
  errors: number | null
  writes: number | null
  recycleCount: number | null
  retention: number | null
  useDuration: number | null
  maxJobs: number | null
  maxFiles: number | null
  inChanger: boolean
  slot: number | null
  storage: string | null
  firstWritten: string | null
  lastWritten: string | null
  labelled: string | null
  kind: VolumeKind
}

export interface JudgedVolumeRow extends Volume {
  verdict: VolumeVerdict
  health: VolumeHealth
}

/** Columns that not every version has. */
export function volTypeColumn({ schema }: Pick<CatalogReading, 'schema'>): Sql {
  return schema.product === 'bacula' && schema.versionId >= 15 ? sql`m.VolType` : sql`NULL`
}

/** What is read of a volume: `m` is Media, `p` Pool, `s` Storage. */
export function volumeColumns(of: Pick<CatalogReading, 'schema'>): Sql {
  return sql`m.MediaId AS media_id, m.VolumeName AS volume, m.PoolId AS pool_id, p.Name AS pool, m.MediaType AS media_type,
    m.VolStatus AS vol_status, m.Enabled AS enabled, m.Recycle AS recycle, m.VolBytes AS vol_bytes,
    m.MaxVolBytes AS max_bytes, m.VolJobs AS vol_jobs, m.VolFiles AS vol_files, m.VolBlocks AS vol_blocks,
    m.VolMounts AS vol_mounts, m.VolErrors AS vol_errors, m.VolWrites AS vol_writes, m.RecycleCount AS recycle_count,
    m.VolRetention AS retention, m.VolUseDuration AS use_duration, m.MaxVolJobs AS max_jobs, m.MaxVolFiles AS max_files,
    m.InChanger AS in_changer, m.Slot AS slot, s.Name AS storage, m.FirstWritten AS first_written,
    m.LastWritten AS last_written, m.LabelDate AS label_date, m.EndFile AS end_file, m.EndBlock AS end_block,
    ${volTypeColumn(of)} AS vol_type`
}

/** The tables of `volumeColumns`. */
export const volumeTables = sql`Media m LEFT JOIN Pool p ON p.PoolId = m.PoolId LEFT JOIN Storage s ON s.StorageId = m.StorageId`

/** Reads one row of `volumeColumns`. */
export function readVolume(row: SqlRow): Volume {
  const number = (name: string) => readCount(row[name])
  const bytes = number('vol_bytes')
  return {
    mediaId: number('media_id') ?? 0,
    name: row['volume'] ?? '',
    poolId: number('pool_id'),
    pool: row['pool'] ?? null,
    mediaType: row['media_type'] ?? '',
    volStatus: row['vol_status'] ?? '',
    enabled: number('enabled'),
    recycle: number('recycle') === 1,
    bytes,
    maxBytes: number('max_bytes'),
    jobs: number('vol_jobs'),
    files: number('vol_files'),
    blocks: number('vol_blocks'),
    mounts: number('vol_mounts'),
    errors: number('vol_errors'),
    writes: number('vol_writes'),
    recycleCount: number('recycle_count'),
    retention: number('retention'),
    useDuration: number('use_duration'),
    maxJobs: number('max_jobs'),
    maxFiles: number('max_files'),
    inChanger: number('in_changer') === 1,
    slot: number('slot'),
    storage: row['storage'] ?? null,
    firstWritten: row['first_written'] ?? null,
    lastWritten: row['last_written'] ?? null,
    labelled: row['label_date'] ?? null,
    kind: volumeKind({
      volType: number('vol_type'),
      volBytes: bytes,
      volBlocks: number('vol_blocks'),
      endFile: number('end_file'),
      endBlock: number('end_block'),
    }),
  }
}

/** Reads the columns of `jobsLeftOn`; no row of it means no job. */
export function readJobsLeft(row: SqlRow | undefined): JobsLeft {
  return {
    ended: readCount(row?.['ended']) ?? 0,
    newestTDate: readCount(row?.['newest']),
    unended: readCount(row?.['unended']) ?? 0,
    orphans: readCount(row?.['orphans']) ?? 0,
  }
}

/** The volume with what is to be said of it now. */
export function judged(catalog: CatalogReading, volume: Volume, jobsLeft: JobsLeft): JudgedVolumeRow {
  const { now, zone, schema, limits } = catalog
  const { retention, kind } = volume
  const verdict = volumeVerdict(
    { ...volume, volRetention: retention },
    { now, zone, jobsLeft, versionId: schema.versionId },
  )
  const since = laterInstant(volume.labelled, zone) ?? laterInstant(volume.firstWritten, zone)
  const wear = { kind, volErrors: volume.errors, volMounts: volume.mounts, volWrites: volume.writes, since }
  return { ...volume, verdict, health: volumeHealth(wear, limits, now) }
}
