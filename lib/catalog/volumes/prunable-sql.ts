import { type Sql, sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'

type Of = Pick<CatalogReading, 'schema' | 'now'>

// A job has a row for each of its places on a volume, mostly a dozen of them. The index on both columns, which all stock tables
// have, gives each pair once, so that Job is asked and sums are made a tenth as often.
const pairs = sql`SELECT JobId, MediaId FROM JobMedia GROUP BY JobId, MediaId`

const jobsLeft = sql`COUNT(CASE WHEN j.JobId IS NULL THEN 1 END) AS orphans,
    COUNT(CASE WHEN j.JobStatus IN ('R', 'C') THEN 1 END) AS unended,
    COUNT(CASE WHEN j.JobId IS NULL OR j.JobStatus IN ('R', 'C') THEN NULL ELSE 1 END) AS ended,
    MAX(CASE WHEN j.JobStatus IN ('R', 'C') THEN NULL ELSE j.JobTDate END) AS newest`

/**
 * What JobMedia knows of all volumes, as a part to join (`LEFT JOIN (…) l ON l.MediaId = m.MediaId`), each job counted once. It
 * goes through an index of JobMedia once: stock tables up to 9.6 have none that begins with MediaId.
 */
export const jobsLeftOnAll = sql`SELECT jm.MediaId AS MediaId, ${jobsLeft}
  FROM (${pairs}) jm LEFT JOIN Job j ON j.JobId = jm.JobId GROUP BY jm.MediaId`

/** The question what jobs are on these volumes, each job counted once. Throws a RangeError for no volume. */
export function jobsLeftOn({ schema }: Of, mediaIds: readonly number[]): Sql {
  const isWanted = sql`MediaId IN (${sqlList(mediaIds)})`
  // Where an index leads to a volume, it is taken; where none does, picking from the pairs is quicker than from all rows.
  const wanted = isAsUpTo96(schema)
    ? sql`(${pairs}) jm LEFT JOIN Job j ON j.JobId = jm.JobId WHERE jm.${isWanted}`
    : sql`(SELECT DISTINCT JobId, MediaId FROM JobMedia WHERE ${isWanted}) jm LEFT JOIN Job j ON j.JobId = jm.JobId`
  return sql`SELECT jm.MediaId AS media_id, ${jobsLeft} FROM ${wanted} GROUP BY jm.MediaId`
}

/**
 * The condition that a volume can be pruned now: `volumeVerdict` in SQL, over `m` (Media) and `l` (`jobsLeftOnAll`,
 * joined left). Proved equal to it by prunable-sql.test.ts; both by what directors did. What is negative or no time at all is never
 * prunable here either.
 */
export function isPrunable(of: Of): Sql {
  return sql`(${mayBePruned(of)} AND (COALESCE(l.ended, 0) = 0
    OR ${keepsAnything(of)} AND l.newest >= 0 AND l.newest < ${edgeOf(of)}))`
}

/**
 * From when on a volume can be pruned, in seconds since 1970, for one whose jobs have all ended; null where there is no such
 * time. Over `m` and `l`, as `isPrunable`.
 */
export function prunableFrom(of: Of): Sql {
  return sql`CASE WHEN ${mayBePruned(of)} AND ${keepsAnything(of)} AND l.newest >= 0 AND l.newest < ${farS}
    AND m.VolRetention < ${farS} THEN l.newest + m.VolRetention + 1 END`
}

/** Whether a job may write over it once it is purged: Recycle on and Enabled 1. */
export const comesBack = sql`(m.Recycle = 1 AND COALESCE(m.Enabled, 1) = 1)`

/** A sum of two such numbers overflows nowhere: the year 5000. */
const farS = 95_617_584_000

/** What does not depend on when its jobs ended. */
function mayBePruned({ schema }: Of): Sql {
  // Bacula 15 leaves alone what is not enabled; of 11 and 13 nobody knows. See verdict.ts.
  const enabled = isAsUpTo96(schema) ? sql`COALESCE(m.Enabled, 1) <> 2` : sql`COALESCE(m.Enabled, 1) NOT IN (0, 2)`
  return sql`m.VolStatus IN ('Full', 'Used') AND ${enabled} AND m.VolRetention >= 0
    AND m.FirstWritten > '0001-01-01 00:00:00' AND m.LastWritten > '0001-01-01 00:00:00'
    AND COALESCE(l.orphans, 0) = 0 AND COALESCE(l.unended, 0) = 0`
}

function keepsAnything({ schema }: Of): Sql {
  return isAsUpTo96(schema) ? sql`1 = 1` : sql`m.VolRetention <> 0`
}

function isAsUpTo96({ versionId }: Of['schema']): boolean {
  return versionId <= 16 || versionId >= 2001
}

/** Before it a job must have ended. Never negative: MySQL's numbers there have no sign. */
function edgeOf({ now }: Of): Sql {
  const nowS = Math.floor(now / 1000)
  return sql`(CASE WHEN m.VolRetention < ${nowS} THEN ${nowS} - m.VolRetention ELSE 0 END)`
}
