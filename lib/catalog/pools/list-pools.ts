import { type Sql, type SqlRow, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import {
  type Amount,
  laterInstant,
  type PoolCapacity,
  type PoolUse,
  type Prunable,
  poolCapacity,
  poolUse,
  readCount,
  type VolumeBack,
  type VolumeGroup,
  volumesLeft,
} from '../rules'
import { concat, implausibleCount, isRestorable, plausibleSum, plausibleSumWhere, timeText } from '../sql-parts'
import { comesBack, isPrunable, jobsLeftOnAll, prunableFrom } from '../volumes/prunable-sql'

/** A pool's row in the catalog: what holds for new volumes. Null is "the catalog does not say". */
export interface PoolSettings {
  poolId: number
  name: string
  poolType: string
  labelFormat: string
  enabled: boolean
  recycle: boolean
  autoPrune: boolean
  /** Seconds. */
  retention: number | null
  useDuration: number | null
  maxVols: number | null
  maxVolJobs: number | null
  maxVolFiles: number | null
  maxVolBytes: number | null
  maxPoolBytes: number | null
  /** The names of the pools that it hands to or takes from; null where there is none. */
  nextPool: string | null
  recyclePool: string | null
  scratchPool: string | null
}

export interface Pool extends PoolSettings {
  /** Its bytes are without the volumes that `unsized` counts. */
  use: PoolUse
  /** Volumes whose size the catalog does not tell: none, negative or absurd. */
  unsized: number
  capacity: PoolCapacity
  /** How many volumes it may still make by itself; null: no limit. */
  volumesLeft: number | null
  prunable: Prunable
  nextBack: VolumeBack | null
  /** When the oldest backup that is still in the catalog began; null where there is none. */
  oldest: number | null
}

/**
 * All pools, or one, with what is in them and what can be freed now. Four questions, however many pools and volumes there are;
 * none reads File. Throws as `CatalogReading.ask` does.
 */
export async function listPools(catalog: CatalogReading, poolId?: number): Promise<Pool[]> {
  const settings = await poolSettings(catalog, poolId)
  const groups = await volumeGroups(catalog, poolId)
  const freeable = await freeableIn(catalog, poolId)
  const oldest = await oldestIn(catalog, poolId)
  return settings.map((pool) => {
    const own = groups.get(pool.poolId) ?? []
    const use = poolUse(own)
    return {
      ...pool,
      use,
      unsized: own.reduce((sum, { unsized }) => sum + unsized, 0),
      capacity: poolCapacity(pool, own),
      volumesLeft: volumesLeft(pool, use.volumes),
      prunable: freeable.get(pool.poolId)?.prunable ?? { volumes: 0, bytes: 0, kept: { volumes: 0, bytes: 0 } },
      nextBack: freeable.get(pool.poolId)?.nextBack ?? null,
      oldest: oldest.get(pool.poolId) ?? null,
    }
  })
}

async function poolSettings(catalog: CatalogReading, poolId: number | undefined): Promise<PoolSettings[]> {
  const { product, versionId } = catalog.schema
  const maxPoolBytes = product === 'bacula' && versionId >= 1017 ? sql`p.MaxPoolBytes` : sql`NULL`
  const rows = await catalog.ask(sql`SELECT p.PoolId AS pool_id, p.Name AS name, p.PoolType AS pool_type,
      p.LabelFormat AS label_format, p.Enabled AS enabled, p.Recycle AS recycle, p.AutoPrune AS auto_prune,
      p.VolRetention AS retention, p.VolUseDuration AS use_duration, p.MaxVols AS max_vols, p.MaxVolJobs AS max_vol_jobs,
      p.MaxVolFiles AS max_vol_files, p.MaxVolBytes AS max_vol_bytes, ${maxPoolBytes} AS max_pool_bytes,
      n.Name AS next_pool, r.Name AS recycle_pool, s.Name AS scratch_pool
    FROM Pool p LEFT JOIN Pool n ON n.PoolId = p.NextPoolId LEFT JOIN Pool r ON r.PoolId = p.RecyclePoolId
      LEFT JOIN Pool s ON s.PoolId = p.ScratchPoolId
    ${of(poolId, sql`p.PoolId`, sql`WHERE`)} ORDER BY p.Name, p.PoolId`)
  return rows.map(readSettings)
}

function readSettings(row: SqlRow): PoolSettings {
  const number = (name: string) => readCount(row[name])
  return {
    poolId: number('pool_id') ?? 0,
    name: row['name'] ?? '',
    poolType: row['pool_type'] ?? '',
    labelFormat: row['label_format'] ?? '',
    enabled: number('enabled') !== 0,
    recycle: number('recycle') === 1,
    autoPrune: number('auto_prune') === 1,
    retention: number('retention'),
    useDuration: number('use_duration'),
    maxVols: number('max_vols'),
    maxVolJobs: number('max_vol_jobs'),
    maxVolFiles: number('max_vol_files'),
    maxVolBytes: number('max_vol_bytes'),
    maxPoolBytes: number('max_pool_bytes'),
    nextPool: row['next_pool'] ?? null,
    recyclePool: row['recycle_pool'] ?? null,
    scratchPool: row['scratch_pool'] ?? null,
  }
}

type CountedGroup = VolumeGroup & { unsized: number }

/** Volumes that are alike, counted, by pool. */
async function volumeGroups(catalog: CatalogReading, poolId?: number): Promise<Map<number, CountedGroup[]>> {
  const rows = await catalog.ask(sql`SELECT m.PoolId AS pool_id, m.VolStatus AS vol_status, m.Enabled AS enabled,
      m.Recycle AS recycle, m.MaxVolBytes AS max_vol_bytes, COUNT(*) AS volumes,
      ${plausibleSum(catalog, sql`m.VolBytes`)} AS bytes, ${implausibleCount(sql`m.VolBytes`)} AS unsized
    FROM Media m ${of(poolId, sql`m.PoolId`, sql`WHERE`)}
    GROUP BY m.PoolId, m.VolStatus, m.Enabled, m.Recycle, m.MaxVolBytes`)
  const groups = new Map<number, CountedGroup[]>()
  for (const row of rows) {
    const id = readCount(row['pool_id']) ?? 0
    const group = {
      volStatus: row['vol_status'] ?? '',
      enabled: readCount(row['enabled']),
      recycle: readCount(row['recycle']) === 1,
      maxVolBytes: readCount(row['max_vol_bytes']),
      volumes: readCount(row['volumes']) ?? 0,
      bytes: readCount(row['bytes']) ?? 0,
      unsized: readCount(row['unsized']) ?? 0,
    }
    groups.set(id, [...(groups.get(id) ?? []), group])
  }
  return groups
}

/** What a prune would free in each pool, and which of its volumes can be written over next. */
async function freeableIn(catalog: CatalogReading, poolId?: number) {
  const prunable = isPrunable(catalog)
  const back = sql`${prunable} AND ${comesBack}`
  const kept = sql`${prunable} AND NOT COALESCE(${comesBack}, 1 = 0)`
  const bytes = (condition: Sql) => plausibleSumWhere(catalog, condition, sql`m.VolBytes`)
  // The least of such texts names the volume beside its time: no second look for whose that time is.
  const due = sql`CASE WHEN ${comesBack} AND (${prunable} OR ${prunableFrom(catalog)} IS NOT NULL)
    THEN ${concat(catalog, padded(catalog, sql`COALESCE(${prunableFrom(catalog)}, 0)`), sql`m.VolumeName`)} END`
  // The one that was written longest ago, as Bacula takes them (sql_find.c).
  const free = (status: string) => {
    const written = sql`COALESCE(${timeText(catalog, sql`m.LastWritten`)}, ${'0000-00-00 00:00:00'})`
    const name = concat(catalog, padded(catalog, sql`m.MediaId`), sql`m.VolumeName`)
    return sql`MIN(CASE WHEN ${comesBack} AND m.VolStatus = ${status} THEN ${concat(catalog, written, name)} END)`
  }
  const rows = await catalog.ask(sql`SELECT m.PoolId AS pool_id,
      COUNT(CASE WHEN ${back} THEN 1 END) AS volumes, ${bytes(back)} AS bytes,
      COUNT(CASE WHEN ${kept} THEN 1 END) AS kept_volumes, ${bytes(kept)} AS kept_bytes,
      MIN(${due}) AS due, ${free('Recycle')} AS recycle, ${free('Purged')} AS purged
    FROM Media m LEFT JOIN (${jobsLeftOnAll}) l ON l.MediaId = m.MediaId ${of(poolId, sql`m.PoolId`, sql`WHERE`)}
    GROUP BY m.PoolId`)
  return new Map(
    rows.map((row) => {
      const amount = (volumes: string, bytes: string): Amount => ({
        volumes: readCount(row[volumes]) ?? 0,
        bytes: readCount(row[bytes]) ?? 0,
      })
      const found: Prunable = { ...amount('volumes', 'bytes'), kept: amount('kept_volumes', 'kept_bytes') }
      return [readCount(row['pool_id']) ?? 0, { prunable: found, nextBack: readNext(row, catalog.now) }] as const
    }),
  )
}

const digits = 20
const timeLength = 19

function readNext(row: SqlRow, now: number): VolumeBack | null {
  for (const how of ['recycle', 'purged'] as const) {
    const text = row[how]
    if (text) return { name: text.slice(timeLength + digits), how, at: null }
  }
  const text = row['due']
  if (!text) return null
  const at = Number(text.slice(0, digits)) * 1000
  return { name: text.slice(digits), how: 'prune', at: at <= now ? null : new Date(at) }
}

/** A whole number as a text of 20 digits, so that texts are in the order of the numbers. */
function padded({ dialect }: CatalogReading, number: Sql): Sql {
  if (dialect === 'sqlite') return sql`printf('%020d', ${number})`
  return dialect === 'mysql' ? sql`LPAD(${number}, 20, '0')` : sql`LPAD(CAST(${number} AS TEXT), 20, '0')`
}

/** By the pool that the job's row names: a job that went on in a second pool counts with one of them. */
async function oldestIn(catalog: CatalogReading, poolId?: number): Promise<Map<number, number | null>> {
  const rows = await catalog.ask(sql`SELECT PoolId AS pool_id, MIN(StartTime) AS oldest FROM Job
    WHERE Type = 'B' AND ${isRestorable(sql`JobStatus`)} AND StartTime > '0001-01-01 00:00:00'
    ${of(poolId, sql`PoolId`, sql`AND`)} GROUP BY PoolId`)
  return new Map(
    rows.map((row) => [readCount(row['pool_id']) ?? 0, laterInstant(row['oldest'], catalog.zone)] as const),
  )
}

function of(poolId: number | undefined, column: Sql, word: Sql): Sql {
  return poolId === undefined ? sql`` : sql`${word} ${column} = ${poolId}`
}
