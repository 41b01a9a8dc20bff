import { Segmented } from '@/components/base/segmented'
import { TimeBars } from '@/components/chart/time-bars'
import { SectionHead } from '@/components/frame/page-head'
import { hrefWith } from '@/components/table/sort'
import { type BackupDays, type DayLevel, type DaySums, dayLevels } from '@/lib/catalog/overview/backup-days'
import { daySpans } from '@/lib/catalog/overview/overview-exports'
import { bytesText } from '@/lib/catalog/rules'
import { ExportLinks } from '../export-links'
import { catalogHref } from '../links'

const levels: Readonly<Record<DayLevel, { label: string; colour: string }>> = {
  full: { label: 'Full', colour: 'var(--lv-full)' },
  differential: { label: 'Differential', colour: 'var(--lv-diff)' },
  incremental: { label: 'Incremental', colour: 'var(--lv-incr)' },
  other: { label: 'Other levels', colour: 'var(--n-6)' },
}

/** Bytes and files by the day on which the backup ended, stacked by level. */
export function DaysSection({ catalogId, days, span }: { catalogId: string; days: BackupDays; span: number }) {
  const isEmpty = dayLevels.every((level) => days.days.every((day) => day.levels[level].jobs === 0))
  return (
    <section className="overview-part" aria-labelledby="days">
      <SectionHead
        id="days"
        title="Written each day"
        note="backups that ended well or with warnings, by the day of their end"
        right={
          <>
            <ExportLinks catalogId={catalogId} table="days" what="days" params={{ days: String(span) }} />
            <Segmented
              label="Days shown"
              chosen={String(span)}
              segments={daySpans.map((one) => ({
                id: String(one),
                label: `${one} days`,
                href: hrefWith(catalogHref(catalogId), { days: one === daySpans[0] ? '' : String(one) }),
              }))}
            />
          </>
        }
      />
      {isEmpty ? (
        <p className="text-text-2">No backup ended well in these {span} days.</p>
      ) : (
        <div className="overview-cols">
          <Days title="Bytes" days={days} span={span} of="bytes" tell={bytesText} />
          <Days title="Files" days={days} span={span} of="files" tell={tellCount} />
        </div>
      )}
      <Doubts days={days} />
    </section>
  )
}

function Days({
  title,
  days,
  span,
  of,
  tell,
}: {
  title: string
  days: BackupDays
  span: number
  of: keyof DaySums
  tell: (value: number) => string
}) {
  const sumOf = (level: DayLevel) => days.days.reduce((sum, day) => sum + day.levels[level][of], 0)
  const used = dayLevels.filter((level) => level !== 'other' || sumOf(level) > 0)
  const all = dayLevels.reduce((sum, level) => sum + sumOf(level), 0)
  return (
    <div>
      <h3 className="chart-title">{title}</h3>
      <TimeBars
        label={`${title} per day by level`}
        summary={`${tell(all)} in ${span} days: ${used.map((level) => `${levels[level].label} ${tell(sumOf(level))}`).join(', ')}.`}
        series={used.map((level) => ({ id: level, ...levels[level] }))}
        days={days.days.map((day) => ({
          day: day.day,
          values: Object.fromEntries(used.map((level) => [level, day.levels[level][of]])),
        }))}
        tell={tell}
      />
    </div>
  )
}

function Doubts({ days: { implausible, undated } }: { days: BackupDays }) {
  const jobs = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'job' : 'jobs'}`
  if (implausible === 0 && undated === 0) return null
  return (
    <p className="mt-2 text-12 text-text-3">
      {implausible > 0 ? `${jobs(implausible)} with an impossible size left out of the sums. ` : ''}
      {undated > 0 ? `${jobs(undated)} without a time of the end left out.` : ''}
    </p>
  )
}

/** Three figures, so that an axis stays narrow: 885,527 is "886 k". */
function tellCount(value: number): string {
  if (value < 10_000) return Math.round(value).toLocaleString('en')
  const [unit, step] = value < 1e6 ? ['k', 1e3] : ['M', 1e6]
  return `${Number((value / Number(step)).toPrecision(3)).toLocaleString('en')} ${unit}`
}
