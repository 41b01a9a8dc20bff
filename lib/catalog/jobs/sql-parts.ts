import { type Sql, sql, sqlList } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { restorableStatuses } from '../rules'

type Of = Pick<CatalogReading, 'dialect'>

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

/** A name to group by: MySQL keeps names as TINYBLOB, which it would sort on disk. Names are 127 bytes at most. */
export function groupName({ dialect }: Of, column: Sql): Sql {
  return dialect === 'mysql' ? sql`SUBSTRING(${column}, 1, 127)` : column
}

/** A count or a size where it is one: not negative, not wrapped around. NULL else. */
export function plausible(column: Sql): Sql {
  return sql`CASE WHEN ${column} >= 0 AND ${column} < 9223372036854775807 THEN ${column} END`
}

/** The sum of what is plausible. SQLite's SUM ends the whole question where whole numbers overflow; TOTAL does not. */
export function plausibleSum({ dialect }: Of, column: Sql): Sql {
  return dialect === 'sqlite' ? sql`TOTAL(${plausible(column)})` : sql`SUM(${plausible(column)})`
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

/** Whether files can be restored from a job, as a condition. */
export function isRestorable(column: Sql): Sql {
  return sql`${column} IN (${sqlList(restorableStatuses)})`
}

/** By an expression, unknown last in both directions: the dialects put NULL at different ends. */
export function orderBy(expression: Sql, descending: boolean): Sql {
  const direction = descending ? sql`DESC` : sql`ASC`
  return sql`CASE WHEN ${expression} IS NULL THEN 1 ELSE 0 END, ${expression} ${direction}`
}
