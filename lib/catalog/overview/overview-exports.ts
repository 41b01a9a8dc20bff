import type { TableExport } from '../export/table-export'
import { type BackupDay, backupDays, type DayLevel, dayLevels } from './backup-days'
import { catalogSizes, type TableSize } from './catalog-sizes'
import { type LateBackup, lateBackups } from './late-backups'

/** The spans that the chart of days offers; the first is the usual one. */
export const daySpans = [30, 90] as const

/** The span of the page's address: anything that is not offered is the usual one. */
export function readSpan(value: string | null | undefined): (typeof daySpans)[number] {
  return daySpans.find((span) => String(span) === value) ?? daySpans[0]
}

export const daysExport: TableExport<{ day: BackupDay; level: DayLevel }> = {
  name: 'days',
  columns: [
    { key: 'day', title: 'Day', value: ({ day }) => day.day },
    { key: 'level', title: 'Level', value: ({ level }) => level },
    { key: 'jobs', title: 'Jobs', value: ({ day, level }) => day.levels[level].jobs },
    { key: 'bytes', title: 'Bytes', value: ({ day, level }) => day.levels[level].bytes },
    { key: 'files', title: 'Files', value: ({ day, level }) => day.levels[level].files },
  ],
  async *rows(catalog, params) {
    const { days } = await backupDays(catalog, readSpan(params.get('days')))
    yield days.flatMap((day) => dayLevels.map((level) => ({ day, level })))
  },
}

export const lateExport: TableExport<LateBackup> = {
  name: 'late',
  columns: [
    { key: 'job', title: 'Job', value: ({ job }) => job },
    { key: 'client', title: 'Client', value: ({ client }) => client },
    { key: 'state', title: 'State', value: ({ verdict }) => verdict.state },
    { key: 'lastGood', title: 'Last good', value: ({ verdict }) => verdict.lastGood?.toISOString() ?? null },
    { key: 'lastJobId', title: 'Last job', value: ({ lastJobId }) => lastJobId },
    { key: 'dueBy', title: 'Due by', value: ({ verdict }) => verdict.dueBy?.toISOString() ?? null },
    { key: 'lateSeconds', title: 'Late in seconds', value: ({ verdict }) => verdict.late },
    { key: 'because', title: 'Because', value: ({ verdict }) => verdict.because },
    { key: 'silent', title: 'Silent', value: ({ isSilent }) => (isSilent ? 'yes' : 'no') },
  ],
  async *rows(catalog) {
    yield (await lateBackups(catalog)).late
  },
}

export const sizesExport: TableExport<TableSize> = {
  name: 'sizes',
  columns: [
    { key: 'table', title: 'Table', value: ({ table }) => table },
    { key: 'rows', title: 'Rows', value: ({ rows }) => rows },
    { key: 'bytes', title: 'Bytes', value: ({ bytes }) => bytes },
  ],
  async *rows(catalog) {
    yield (await catalogSizes(catalog)).tables
  },
}
