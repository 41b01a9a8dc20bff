import { formatFigure } from '@/components/base/figure'
import { LinkText } from '@/components/base/link-text'
import { Legend } from '@/components/chart/legend'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import { hrefWith } from '@/components/table/sort'
import type { JobDetail } from '@/lib/catalog/jobs/job-detail'
import { figuresOf, isUnended, type JobFigures, type JobLine } from '@/lib/catalog/jobs/job-line'
import { bytesText } from '@/lib/catalog/rules'
import { catalogHref } from '../../../links'
import { Bytes, Count, Duration, JobStatus, spanWords, When } from '../job-figures'
import { seriesAmong, seriesOf } from '../level-colours'
import { type RunBar, RunBars } from '../run-bars'

interface Run {
  line: JobLine
  figures: JobFigures
}

/** The last runs of the same job on the same client: what they wrote and how long they took. */
export function HistorySection({
  catalogId,
  zone,
  job,
  runs,
}: {
  catalogId: string
  zone: string
  job: JobDetail
  runs: readonly JobLine[]
}) {
  const rows = runs.map((line) => ({ line, figures: figuresOf(line, { zone }) }))
  const oldestFirst = [...rows].reverse()
  const all = hrefWith(catalogHref(catalogId, 'jobs'), {
    name: job.name,
    client: job.clientId === null ? undefined : String(job.clientId),
  })
  const days = { from: dayOf(oldestFirst.at(0)), to: dayOf(oldestFirst.at(-1)) }
  const unit = unitFor(rows.map(({ figures }) => figures.seconds))
  return (
    <section className="overview-part" aria-labelledby="history">
      <SectionHead
        id="history"
        title={rows.length === 1 ? 'Its only run' : `Its last ${rows.length} runs`}
        note="this run is marked; hollow ones did not end well"
        right={<LinkText href={all}>All its runs</LinkText>}
      />
      {rows.length > 1 ? (
        <>
          <Legend series={seriesAmong(rows.map(({ line }) => line.level))} />
          <div className="overview-cols mb-4">
            <figure className="chart">
              <figcaption className="chart-title">Bytes</figcaption>
              <RunBars
                label={`Bytes of the last ${rows.length} runs; the same figures are in the table below.`}
                bars={oldestFirst.map((run) => barOf(run, job, run.line.bytes, bytesText))}
                tell={bytesText}
                {...days}
              />
            </figure>
            <figure className="chart">
              <figcaption className="chart-title">Time taken</figcaption>
              <RunBars
                label={`Time taken by the last ${rows.length} runs; the same figures are in the table below.`}
                bars={oldestFirst.map((run) =>
                  barOf(run, job, inUnit(run.figures.seconds, unit), () => toldSpan(run.figures.seconds)),
                )}
                tell={(value) => `${formatFigure(value)} ${unit.name}`}
                {...days}
              />
            </figure>
          </div>
        </>
      ) : null}
      <DataTable
        label="Runs of the same job"
        columns={columns}
        rows={rows}
        rowId={({ line }) => String(line.jobId)}
        rowHref={({ line }) => catalogHref(catalogId, 'jobs', line.jobId)}
        chosenId={String(job.jobId)}
        blocks
      />
    </section>
  )
}

function barOf(
  { line, figures }: Run,
  job: JobDetail,
  value: number | null,
  tell: (value: number | null) => string,
): RunBar {
  return {
    id: String(line.jobId),
    value,
    colour: seriesOf(line.level).colour,
    told: `Job ${line.jobId}, ${figures.what}, ${line.startTime ?? 'not begun'}: ${tell(value)}, ${figures.words.words}`,
    isHollow: figures.words.severity !== 'good' && figures.words.severity !== 'warned',
    isChosen: line.jobId === job.jobId,
  }
}

const units = [
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const

/** The unit in which an axis has round numbers. */
function unitFor(seconds: readonly (number | null)[]): (typeof units)[number] {
  const most = Math.max(0, ...seconds.map((one) => one ?? 0))
  return units.find((unit) => most >= 2 * unit.seconds) ?? units[2]
}

function inUnit(seconds: number | null, unit: { seconds: number }): number | null {
  return seconds === null ? null : seconds / unit.seconds
}

function toldSpan(seconds: number | null): string {
  return seconds === null ? 'unknown' : spanWords(seconds)
}

/** "2026-11-07", as stored; nothing where there is no such time. */
function dayOf(run: Run | undefined): string {
  return run?.figures.startedAt ? (run.line.startTime ?? '').slice(0, 10) : ''
}

const columns: readonly Column<Run>[] = [
  { id: 'job', head: 'Job', cell: ({ line }) => line.jobId },
  { id: 'level', head: 'Level', cell: ({ figures }) => figures.what },
  { id: 'status', head: 'Status', cell: ({ figures }) => <JobStatus words={figures.words} />, inBlock: 'line' },
  { id: 'began', head: 'Began', cell: ({ figures }) => <When at={figures.startedAt} />, number: true },
  {
    id: 'took',
    head: 'Took',
    cell: ({ figures }) => (isUnended(figures.words) ? '–' : <Duration seconds={figures.seconds} />),
    number: true,
  },
  { id: 'files', head: 'Files', cell: ({ line }) => <Count value={line.files} />, number: true, hideOnPhone: true },
  { id: 'bytes', head: 'Bytes', cell: ({ line }) => <Bytes value={line.bytes} />, number: true },
]
