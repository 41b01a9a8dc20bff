import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { laterInstant, readCount } from '../rules'
import { plausibleSum } from '../sql-parts'

export interface ErrorVolume {
  mediaId: number
  name: string
  pool: string | null
  bytes: number | null
  lastWritten: number | null
}

export interface VolumeTotals {
  volumes: number
  bytes: number | null
  /** With the status Error. */
  inError: number
  /** The first of them, those written last before the others. */
  errors: ErrorVolume[]
}

export const shownErrors = 8

/** How many volumes there are, what they hold, and which stand in error. One question. Throws as `CatalogReading.ask` does. */
export async function volumeTotals(catalog: CatalogReading): Promise<VolumeTotals> {
  const rows = await catalog.ask(sql`
    SELECT t.volumes AS volumes, t.bytes AS bytes, t.in_error AS in_error,
      e.MediaId AS media_id, e.VolumeName AS volume, p.Name AS pool, e.VolBytes AS vol_bytes, e.LastWritten AS last_written
    FROM (
      SELECT COUNT(*) AS volumes, ${plausibleSum(catalog, sql`VolBytes`)} AS bytes,
        COUNT(CASE WHEN VolStatus = 'Error' THEN 1 END) AS in_error
      FROM Media
    ) t
    LEFT JOIN Media e ON e.VolStatus = 'Error'
    LEFT JOIN Pool p ON p.PoolId = e.PoolId
    ORDER BY e.LastWritten DESC, e.MediaId DESC LIMIT ${shownErrors}`)
  const [first] = rows
  return {
    volumes: readCount(first?.['volumes']) ?? 0,
    bytes: readCount(first?.['bytes']),
    inError: readCount(first?.['in_error']) ?? 0,
    errors: rows.flatMap((row) => {
      const mediaId = readCount(row['media_id'])
      if (mediaId === null) return []
      return {
        mediaId,
        name: row['volume'] ?? '',
        pool: row['pool'] ?? null,
        bytes: readCount(row['vol_bytes']),
        lastWritten: laterInstant(row['last_written'], catalog.zone),
      }
    }),
  }
}
