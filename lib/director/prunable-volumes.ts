import type { Ctx } from '@/lib/auth/actor'
import type { CatalogReading } from '@/lib/catalog/catalog-reading'
import { readCount, type VolumeVerdict, volumeVerdict } from '@/lib/catalog/rules'
import { readCatalog } from '@/lib/catalog/store/read-catalog'
import { type Sql, type SqlRow, sql, sqlList } from '@/lib/sql'

/** A volume and whether it can be pruned now. */
export interface JudgedVolume {
  volume: string
  pool: string | null
  bytes: number | null
  verdict: VolumeVerdict
}

/** More are not offered at once: the oldest come first. */
const mostOffered = 200

/** Volumes that can be pruned now, the oldest first. Throws as `readCatalog` does. */
export function prunableVolumes(ctx: Ctx, catalogId: string): Promise<JudgedVolume[]> {
  return readCatalog(ctx, catalogId, async (catalog) => {
    const judged = await judge(
      catalog,
      sql`m.VolStatus IN ('Full', 'Used') ORDER BY m.LastWritten, m.MediaId LIMIT ${mostOffered * 5}`,
    )
    return judged.filter(({ verdict }) => verdict.state === 'prunable').slice(0, mostOffered)
  })
}

/** Which of these volumes cannot be pruned now, and why; a name that the catalog does not have is one of them. */
export function keptVolumes(
  ctx: Ctx,
  catalogId: string,
  volumes: readonly string[],
): Promise<{ volume: string; why: string }[]> {
  return readCatalog(ctx, catalogId, async (catalog) => {
    const judged = new Map(
      (await judge(catalog, sql`m.VolumeName IN (${sqlList(volumes)})`)).map((volume) => [volume.volume, volume]),
    )
    return volumes.flatMap((volume) => {
      const verdict = judged.get(volume)?.verdict
      if (!verdict) return [{ volume, why: 'the catalog has no such volume.' }]
      return verdict.state === 'prunable' ? [] : [{ volume, why: verdict.because }]
    })
  })
}

async function judge(catalog: CatalogReading, which: Sql): Promise<JudgedVolume[]> {
  const rows = await catalog.ask(sql`
    SELECT m.MediaId AS media_id, m.VolumeName AS volume_name, m.VolStatus AS vol_status, m.Enabled AS enabled,
      m.Recycle AS recycle, m.VolRetention AS vol_retention, m.FirstWritten AS first_written,
      m.LastWritten AS last_written, m.VolBytes AS vol_bytes, p.Name AS pool_name
    FROM Media m LEFT JOIN Pool p ON p.PoolId = m.PoolId WHERE ${which}`)
  const ids = rows.flatMap((row) => (row['media_id'] == null ? [] : [Number(row['media_id'])]))
  const left = ids.length === 0 ? new Map<string, SqlRow>() : await jobsLeft(catalog, ids)
  return rows.map((row) => ({
    volume: row['volume_name'] ?? '',
    pool: row['pool_name'] ?? null,
    bytes: readCount(row['vol_bytes']),
    verdict: verdictOf(catalog, row, left.get(row['media_id'] ?? '')),
  }))
}

async function jobsLeft(catalog: CatalogReading, ids: readonly number[]): Promise<Map<string, SqlRow>> {
  const rows = await catalog.ask(sql`
    SELECT v.MediaId AS media_id,
      SUM(CASE WHEN j.JobId IS NULL THEN 1 ELSE 0 END) AS orphans,
      SUM(CASE WHEN j.JobStatus IN ('R', 'C') THEN 1 ELSE 0 END) AS unended,
      SUM(CASE WHEN j.JobId IS NOT NULL AND j.JobStatus NOT IN ('R', 'C') THEN 1 ELSE 0 END) AS ended,
      MAX(CASE WHEN j.JobStatus NOT IN ('R', 'C') THEN j.JobTDate END) AS newest
    FROM (SELECT DISTINCT MediaId, JobId FROM JobMedia WHERE MediaId IN (${sqlList(ids)})) v
    LEFT JOIN Job j ON j.JobId = v.JobId GROUP BY v.MediaId`)
  return new Map(rows.map((row) => [row['media_id'] ?? '', row]))
}

function verdictOf(catalog: CatalogReading, row: SqlRow, left: SqlRow | undefined): VolumeVerdict {
  return volumeVerdict(
    {
      volStatus: row['vol_status'] ?? '',
      enabled: readCount(row['enabled']),
      recycle: row['recycle'] === '1',
      volRetention: readCount(row['vol_retention']),
      firstWritten: row['first_written'] ?? null,
      lastWritten: row['last_written'] ?? null,
    },
    {
      now: catalog.now,
      zone: catalog.zone,
      versionId: catalog.schema.versionId,
      jobsLeft: {
        ended: readCount(left?.['ended']) ?? 0,
        newestTDate: readCount(left?.['newest']),
        unended: readCount(left?.['unended']) ?? 0,
        orphans: readCount(left?.['orphans']) ?? 0,
      },
    },
  )
}
