import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { instantsOf, isNoTime, jobLevelWords, parseWall, readCount, wallText } from '../rules'
import { dayText, isRestorable, plausibleSum } from '../sql-parts'

/** The levels of the chart, from the bottom of the stack up. `other`: base jobs and levels that Pollux does not know. */
export const dayLevels = ['full', 'differential', 'incremental', 'other'] as const
export type DayLevel = (typeof dayLevels)[number]

export interface DaySums {
  jobs: number
  bytes: number
  files: number
}

export interface BackupDay {
  /** YYYY-MM-DD, in the director's zone. */
  day: string
  levels: Record<DayLevel, DaySums>
}

export interface BackupDays {
  /** Every day of the span, the oldest first, also those without a backup; today is the last. */
  days: BackupDay[]
  /** Jobs whose bytes or files are negative or beyond all sense: left out of the sums. */
  implausible: number
  /** Jobs that ended, but whose day the catalog does not tell. */
  undated: number
}

/**
 * What the backups that ended well, or with warnings, wrote on each of the last `span` days, by level. Bytes are those after
 * compression (JobBytes). Throws as `CatalogReading.ask` does.
 */
export async function backupDays(catalog: CatalogReading, span: number): Promise<BackupDays> {
  const names = daysUntil(catalog, span)
  const begin = instantsOf(parseWall(`${names[0]} 00:00:00`) ?? 0, catalog.zone)
  const from = Math.floor((begin.kind === 'twice' ? begin.first : begin.at) / 1000)
  const day = dayText(catalog, sql`EndTime`)
  const rows = await catalog.ask(sql`
    SELECT ${day} AS day, Level AS level_code, COUNT(*) AS jobs,
      ${plausibleSum(catalog, sql`JobBytes`)} AS bytes, ${plausibleSum(catalog, sql`JobFiles`)} AS files,
      SUM(CASE WHEN JobBytes >= 0 AND JobBytes < 9223372036854775807 AND JobFiles >= 0 THEN 0 ELSE 1 END) AS implausible
    FROM Job WHERE JobTDate >= ${from} AND Type = 'B' AND ${isRestorable(sql`JobStatus`)}
    GROUP BY ${day}, Level`)
  const days = new Map(names.map((name) => [name, emptyDay(name)]))
  const found: BackupDays = { days: [...days.values()], implausible: 0, undated: 0 }
  for (const row of rows) {
    const jobs = readCount(row['jobs']) ?? 0
    const of = days.get(row['day'] ?? '')
    found.implausible += readCount(row['implausible']) ?? 0
    if (!of && isNoTime(row['day'])) found.undated += jobs
    if (!of) continue
    const sums = of.levels[levelOf(row['level_code'] ?? '')]
    sums.jobs += jobs
    sums.bytes += readSum(row['bytes'])
    sums.files += readSum(row['files'])
  }
  return found
}

/** The last days in the director's zone, the oldest first. By the calendar: not every day has 24 hours. */
function daysUntil({ now, zone }: CatalogReading, span: number): string[] {
  const today = parseWall(`${wallText(now, zone).slice(0, 10)} 00:00:00`) ?? 0
  return Array.from({ length: span }, (_, at) =>
    new Date(today - (span - 1 - at) * 86_400_000).toISOString().slice(0, 10),
  )
}

/** A sum of plausible sizes may be larger than any one of them; of none it is NULL. */
function readSum(value: string | null | undefined): number {
  return Number(value ?? 0)
}

function levelOf(code: string): DayLevel {
  const level = jobLevelWords(code).backup
  return level === null || level === 'base' ? 'other' : level
}

function emptyDay(day: string): BackupDay {
  const nothing = () => ({ jobs: 0, bytes: 0, files: 0 })
  return { day, levels: { full: nothing(), differential: nothing(), incremental: nothing(), other: nothing() } }
}
