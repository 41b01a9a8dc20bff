import { type Sql, sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { restorableStatuses } from '../rules'

type Of = Pick<CatalogReading, 'dialect'>

/** A stored local time as text, "2026-11-07 23:05:00", where texts are put together. */
export function timeText({ dialect }: Of, column: Sql): Sql {
  if (dialect === 'postgresql') return sql`to_char(${column}, 'YYYY-MM-DD HH24:MI:SS')`
  return dialect === 'mysql' ? sql`CAST(${column} AS CHAR(19))` : sql`CAST(${column} AS TEXT)`
}

/** The day of a stored local time: "2026-11-07". */
export function dayText({ dialect }: Of, column: Sql): Sql {
  if (dialect === 'postgresql') return sql`to_char(${column}, 'YYYY-MM-DD')`
  return dialect === 'mysql' ? sql`CAST(${column} AS CHAR(10))` : sql`substr(${column}, 1, 10)`
}

/** A name to group by: MySQL keeps names as TINYBLOB, which it would sort on disk. Names are 127 bytes at most. */
export function groupName({ dialect }: Of, column: Sql): Sql {
  return dialect === 'mysql' ? sql`SUBSTRING(${column}, 1, 127)` : column
}

/**
 * The sum of a count or size over the rows where it is one: not negative, not wrapped around. SQLite's SUM ends the whole
 * question where whole numbers overflow; TOTAL does not.
 */
export function plausibleSum({ dialect }: Of, column: Sql): Sql {
  const value = plausible(column)
  return dialect === 'sqlite' ? sql`TOTAL(${value})` : sql`SUM(${value})`
}

/** How many rows `plausibleSum` leaves out of a group. */
export function implausibleCount(column: Sql): Sql {
  return sql`(COUNT(*) - COUNT(${plausible(column)}))`
}

function plausible(column: Sql): Sql {
  return sql`CASE WHEN ${column} >= 0 AND ${column} < 9223372036854775807 THEN ${column} END`
}

/** The texts of a group in one: "a,b,c", the newest first where the dialect can order (MySQL cuts the end off at 1,024 bytes). */
export function joinedTexts({ dialect }: Of, text: Sql, newestBy: Sql): Sql {
  if (dialect === 'postgresql') return sql`string_agg(${text}, ',' ORDER BY ${newestBy} DESC)`
  if (dialect === 'mysql') return sql`GROUP_CONCAT(${text} ORDER BY ${newestBy} DESC SEPARATOR ',')`
  return sql`group_concat(${text}, ',')`
}

/** Two texts as one. */
export function concat({ dialect }: Of, one: Sql, other: Sql): Sql {
  return dialect === 'mysql' ? sql`CONCAT(${one}, ${other})` : sql`${one} || ${other}`
}

/** Whether a job can be restored from, as a condition. */
export function isRestorable(column: Sql): Sql {
  const [well, warned] = restorableStatuses
  return sql`${column} IN (${well}, ${warned})`
}
