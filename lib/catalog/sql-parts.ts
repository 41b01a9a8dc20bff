import { type Sql, sql } from '@/lib/sql'
import type { CatalogReading } from './catalog-reading'
import { restorableStatuses } from './rules'

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
 * The sum of a count or size over the rows where it is one. SQLite's SUM ends the whole question where whole numbers overflow;
 * TOTAL does not, and prints its fractions rounded.
 */
export function plausibleSum(of: Of, column: Sql): Sql {
  return sumOf(of, plausible(column))
}

/** `plausibleSum` of the rows of a group that a condition picks. */
export function plausibleSumWhere(of: Of, condition: Sql, column: Sql): Sql {
  return sumOf(of, sql`CASE WHEN ${condition} THEN ${plausible(column)} END`)
}

function sumOf({ dialect }: Of, value: Sql): Sql {
  return dialect === 'sqlite' ? sql`CAST(TOTAL(${value}) AS INTEGER)` : sql`SUM(${value})`
}

/** How many rows `plausibleSum` leaves out of a group. */
export function implausibleCount(column: Sql): Sql {
  return sql`(COUNT(*) - COUNT(${plausible(column)}))`
}

/** A count or a size where it is one: not negative, not wrapped around. NULL else. */
export function plausible(column: Sql): Sql {
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

/** Whether a column holds a text, whatever the case. What LIKE takes for a wildcard is searched as it stands. */
export function contains({ dialect }: Of, column: Sql, text: string): Sql {
  const pattern = `%${text.replace(/[!%_]/g, '!$&')}%`
  if (dialect === 'postgresql') return sql`${column} ILIKE ${pattern} ESCAPE '!'`
  if (dialect === 'mysql') return sql`CONVERT(${column} USING utf8mb4) LIKE ${pattern} ESCAPE '!'`
  return sql`CAST(${column} AS TEXT) LIKE ${pattern} ESCAPE '!'`
}

/** A name to sort by, whatever the case. */
export function sortName({ dialect }: Of, column: Sql): Sql {
  if (dialect === 'postgresql') return sql`lower(${column})`
  return dialect === 'mysql' ? sql`CONVERT(${column} USING utf8mb4)` : sql`CAST(${column} AS TEXT) COLLATE NOCASE`
}

/** A stored local time where it is one: NULL for none, and for the zeros of old schemas. */
export function realTime(column: Sql): Sql {
  return sql`CASE WHEN ${column} > '1970-01-02 00:00:00' THEN ${column} END`
}

/** When a job began, or was to begin: what its day is. */
export function beganOrDue(): Sql {
  return sql`CASE WHEN j.StartTime > '1970-01-02 00:00:00' THEN j.StartTime ELSE ${realTime(sql`j.SchedTime`)} END`
}

/** What lies between two stored local times, in seconds: to sort by. A clock that was put back counts its hour. */
export function secondsBetween({ dialect }: Of, from: Sql, to: Sql): Sql {
  if (dialect === 'mysql') return sql`TIMESTAMPDIFF(SECOND, ${from}, ${to})`
  if (dialect === 'postgresql') return sql`EXTRACT(EPOCH FROM (${to} - ${from}))`
  return sql`(julianday(${to}) - julianday(${from})) * 86400`
}

/** The month of a stored local time: "2026-11". */
export function monthText({ dialect }: Of, column: Sql): Sql {
  if (dialect === 'postgresql') return sql`to_char(${column}, 'YYYY-MM')`
  return dialect === 'mysql' ? sql`CAST(${column} AS CHAR(7))` : sql`substr(${column}, 1, 7)`
}

/** By an expression, unknown last in both directions: the dialects put NULL at different ends. */
export function orderBy(expression: Sql, descending: boolean): Sql {
  const direction = descending ? sql`DESC` : sql`ASC`
  return sql`CASE WHEN ${expression} IS NULL THEN 1 ELSE 0 END, ${expression} ${direction}`
}
