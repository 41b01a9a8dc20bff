import { z } from 'zod'
import { joinSql, type Sql, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { readCount, wallText } from '../rules'
import { implausibleCount, plausibleSum } from '../sql-parts'
import { comesBack, isPrunable, jobsLeftOn, jobsLeftOnAll, prunableFrom } from './prunable-sql'
import {
  type JudgedVolumeRow,
  judged,
  readJobsLeft,
  readVolume,
  volTypeColumn,
  volumeColumns,
  volumeTables,
} from './volume-row'

export const volumesPerPage = 50

export const volumeSorts = [
  'name',
  'pool',
  'status',
  'bytes',
  'retention',
  'written',
  'due',
  'jobs',
  'mounts',
  'errors',
] as const
export type VolumeSort = (typeof volumeSorts)[number]

const text = z.string().trim().min(1).max(200).optional().catch(undefined)

/** A filter as it stands in the page's address; what makes no sense there is as if it were not there. */
const VolumeFilter = z.object({
  q: text,
  pool: z.coerce.number().int().min(1).optional().catch(undefined),
  status: text,
  type: text,
  enabled: z.enum(['0', '1', '2']).optional().catch(undefined),
  prune: z.enum(['now', 'kept', 'not']).optional().catch(undefined),
  health: z.enum(['findings', 'fine']).optional().catch(undefined),
})
export type VolumeFilter = z.infer<typeof VolumeFilter>

/** Reads a filter from an address's parameters. */
export function readVolumeFilter(params: Readonly<Record<string, unknown>>): VolumeFilter {
  return VolumeFilter.parse(params)
}

export interface VolumeList {
  rows: JudgedVolumeRow[]
  /** Of all volumes that fit, not of the page. */
  total: number
  /** Without the volumes that `unsized` counts; null where no size is known. */
  bytes: number | null
  /** Volumes whose size the catalog does not tell: none, negative or absurd. */
  unsized: number
}

export interface ListVolumesOptions {
  filter: VolumeFilter
  sort: { by: VolumeSort; descending: boolean }
  /** From 1 on. */
  page: number
}

/** One page of the volumes that fit, and the sums of all of them. Three questions. Throws as `CatalogReading.ask` does. */
export async function listVolumes(catalog: CatalogReading, options: ListVolumesOptions): Promise<VolumeList> {
  const { filter } = options
  const [sums] = await catalog.ask(sql`SELECT COUNT(*) AS volumes, ${plausibleSum(catalog, sql`m.VolBytes`)} AS bytes,
      ${implausibleCount(sql`m.VolBytes`)} AS unsized
    FROM ${tablesOf(filter)} WHERE ${conditionOf(catalog, filter)}`)
  const rows = await volumePage(catalog, options)
  const total = readCount(sums?.['volumes']) ?? 0
  const unsized = readCount(sums?.['unsized']) ?? 0
  // A sum of nothing is NULL in some dialects and 0 in others.
  const bytes = total === 0 ? 0 : unsized === total ? null : readCount(sums?.['bytes'])
  return { rows, total, bytes, unsized }
}

async function volumePage(
  catalog: CatalogReading,
  { filter, sort, page }: ListVolumesOptions,
): Promise<JudgedVolumeRow[]> {
  const direction = sort.descending ? sql`DESC` : sql`ASC`
  const order = orderOf(catalog, sort.by)
  const found = await catalog.ask(sql`SELECT ${volumeColumns(catalog)} FROM ${tablesOf(filter, sort.by)}
    LEFT JOIN Pool p ON p.PoolId = m.PoolId LEFT JOIN Storage s ON s.StorageId = m.StorageId
    WHERE ${conditionOf(catalog, filter)}
    ORDER BY CASE WHEN ${order} IS NULL THEN 1 ELSE 0 END, ${order} ${direction}, m.MediaId ${direction}
    LIMIT ${volumesPerPage} OFFSET ${(page - 1) * volumesPerPage}`)
  return judgeAll(catalog, found.map(readVolume))
}

/** The next volumes that fit, behind one by its id. Two questions. */
export async function volumePart(
  catalog: CatalogReading,
  { filter, after, limit }: { filter: VolumeFilter; after: number; limit: number },
): Promise<JudgedVolumeRow[]> {
  const found = await catalog.ask(sql`SELECT ${volumeColumns(catalog)} FROM ${tablesOf(filter)}
    LEFT JOIN Pool p ON p.PoolId = m.PoolId LEFT JOIN Storage s ON s.StorageId = m.StorageId
    WHERE ${conditionOf(catalog, filter)} AND m.MediaId > ${after} ORDER BY m.MediaId LIMIT ${limit}`)
  return judgeAll(catalog, found.map(readVolume))
}

/** One volume; null when there is none of that id. Two questions. */
export async function getVolume(catalog: CatalogReading, mediaId: number): Promise<JudgedVolumeRow | null> {
  const rows = await catalog.ask(
    sql`SELECT ${volumeColumns(catalog)} FROM ${volumeTables} WHERE m.MediaId = ${mediaId}`,
  )
  const [volume] = await judgeAll(catalog, rows.map(readVolume))
  return volume ?? null
}

async function judgeAll(catalog: CatalogReading, volumes: readonly ReturnType<typeof readVolume>[]) {
  if (volumes.length === 0) return []
  const jobs = await catalog.ask(
    jobsLeftOn(
      catalog,
      volumes.map(({ mediaId }) => mediaId),
    ),
  )
  const byId = new Map(jobs.map((row) => [readCount(row['media_id']), readJobsLeft(row)] as const))
  return volumes.map((volume) => judged(catalog, volume, byId.get(volume.mediaId) ?? readJobsLeft(undefined)))
}

/** The choices of the filter. One question. */
export async function volumeChoices(
  catalog: CatalogReading,
): Promise<{ pools: { id: number; name: string }[]; statuses: string[]; types: string[] }> {
  const rows = await catalog.ask(sql`SELECT 'pool' AS kind, PoolId AS id, Name AS name FROM Pool
    UNION ALL SELECT 'status', 0, VolStatus FROM Media GROUP BY VolStatus
    UNION ALL SELECT 'type', 0, MediaType FROM Media GROUP BY MediaType`)
  const named = (kind: string) => rows.filter((row) => row['kind'] === kind && row['name'] !== null)
  const names = (kind: string) =>
    named(kind)
      .map((row) => row['name'] ?? '')
      .toSorted()
  return {
    pools: named('pool')
      .map((row) => ({ id: readCount(row['id']) ?? 0, name: row['name'] ?? '' }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    statuses: names('status'),
    types: names('type'),
  }
}

function needsJobs(filter: VolumeFilter, sort?: VolumeSort): boolean {
  return filter.prune !== undefined || sort === 'due'
}

function tablesOf(filter: VolumeFilter, sort?: VolumeSort): Sql {
  return needsJobs(filter, sort) ? sql`Media m LEFT JOIN (${jobsLeftOnAll}) l ON l.MediaId = m.MediaId` : sql`Media m`
}

function orderOf(catalog: CatalogReading, by: VolumeSort): Sql {
  switch (by) {
    case 'name':
      return sql`m.VolumeName`
    case 'pool':
      return sql`p.Name`
    case 'status':
      return sql`m.VolStatus`
    case 'bytes':
      return sql`m.VolBytes`
    case 'retention':
      return sql`m.VolRetention`
    case 'written':
      return sql`m.LastWritten`
    case 'due':
      // One that no job is left on can be pruned and has no time: nothing is longer due.
      return sql`COALESCE(${prunableFrom(catalog)}, CASE WHEN ${isPrunable(catalog)} THEN 0 END)`
    case 'jobs':
      return sql`m.VolJobs`
    case 'mounts':
      return sql`m.VolMounts`
    case 'errors':
      return sql`m.VolErrors`
  }
}

function conditionOf(catalog: CatalogReading, filter: VolumeFilter): Sql {
  const { q, pool, status, type, enabled, prune, health } = filter
  const parts = [
    ...(q === undefined ? [] : [nameHas(catalog, q)]),
    ...(pool === undefined ? [] : [sql`m.PoolId = ${pool}`]),
    ...(status === undefined ? [] : [sql`m.VolStatus = ${status}`]),
    ...(type === undefined ? [] : [sql`m.MediaType = ${type}`]),
    ...(enabled === undefined ? [] : [sql`COALESCE(m.Enabled, 1) = ${Number(enabled)}`]),
    ...(prune === 'now' ? [sql`${isPrunable(catalog)} AND ${comesBack}`] : []),
    ...(prune === 'kept' ? [sql`${isPrunable(catalog)} AND NOT COALESCE(${comesBack}, 1 = 0)`] : []),
    ...(prune === 'not' ? [sql`NOT COALESCE(${isPrunable(catalog)}, 1 = 0)`] : []),
    ...(health === 'findings' ? [hasFindings(catalog)] : []),
    ...(health === 'fine' ? [sql`NOT COALESCE(${hasFindings(catalog)}, 1 = 0)`] : []),
  ]
  return parts.length === 0 ? sql`1 = 1` : joinSql(parts, sql` AND `)
}

/**
 * Names hold what was typed, whatever the case of ASCII letters at least: the database lowers both, as SQLite leaves other
 * letters as they are. `!` escapes: a backslash is special in MySQL alone.
 */
function nameHas({ dialect }: CatalogReading, typed: string): Sql {
  const pattern = `%${typed.replace(/[!%_]/g, '!$&')}%`
  const name = dialect === 'mysql' ? sql`CONVERT(m.VolumeName USING utf8mb4)` : sql`m.VolumeName`
  return sql`LOWER(${name}) LIKE LOWER(${pattern}) ESCAPE '!'`
}

/** `volumeHealth` in SQL: errors count for every volume, what wears a tape only where it is no file on a disk. */
function hasFindings(catalog: CatalogReading): Sql {
  const { limits, now, zone } = catalog
  const isDisk = sql`(${volTypeColumn(catalog)} IN (1, 8, 9, 10, 14) OR COALESCE(${volTypeColumn(catalog)}, 0) = 0
    AND m.VolBytes > 0 AND m.VolBytes < 4611686018427387904 AND m.EndFile >= 0 AND m.EndFile < 1073741824
    AND m.EndFile * 4294967296 + m.EndBlock + 1 = m.VolBytes)`
  const since = (days: number) => wallText(now - days * 86_400_000, zone)
  const worn = [
    ...(limits.mounts === null ? [] : [sql`m.VolMounts >= ${limits.mounts}`]),
    ...(limits.writes === null ? [] : [sql`m.VolWrites >= ${limits.writes}`]),
    ...(limits.ageDays === null
      ? []
      : [
          sql`(m.LabelDate > '0001-01-01 00:00:00' AND m.LabelDate <= ${since(limits.ageDays)}
            OR NOT COALESCE(m.LabelDate > '0001-01-01 00:00:00', 1 = 0)
            AND m.FirstWritten > '0001-01-01 00:00:00' AND m.FirstWritten <= ${since(limits.ageDays)})`,
        ]),
  ]
  const any = [
    ...(limits.errors === null ? [] : [sql`m.VolErrors >= ${limits.errors}`]),
    ...(worn.length === 0 ? [] : [sql`(NOT COALESCE(${isDisk}, 1 = 0) AND (${joinSql(worn, sql` OR `)}))`]),
  ]
  return any.length === 0 ? sql`(1 = 0)` : sql`(${joinSql(any, sql` OR `)})`
}
