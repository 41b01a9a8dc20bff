import { type CoursePoint, courseOf, megabytesText, numberText, type TimedSample } from '@/agents/mysql/look-again/view'
import { ChartTable } from '@/components/chart/chart-table'
import { SectionHead } from '@/components/frame/page-head'
import { CoursePlot } from './course-plot'
import type { Tuning } from './read-mysql'

/** How long before the change the plots begin at most. */
const beforeMs = 3 * 86_400_000

/** The server's memory and its reads from disk over time, with the moment of the change in both. */
export function CourseSection({ samples, tuning }: { samples: readonly TimedSample[]; tuning: Tuning }) {
  const shown = samples.filter(({ at }) => at >= tuning.startedAt - beforeMs)
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last || shown.length < 2) return null
  const points = courseOf(shown, Math.min(first.at, tuning.startedAt), last.at + 1)
  const memory = points.map(({ rssBytes }) => rssBytes)
  const misses = points.map(({ poolMisses }) => poolMisses)
  const times = points.map(timeText)
  const marked = points.findIndex(({ from, to }) => tuning.startedAt >= from && tuning.startedAt < to)
  return (
    <section className="mb-8" aria-labelledby="course">
      <SectionHead id="course" title="Over time" note="the bold line is the change" />
      <figure className="chart">
        <h3 className="chart-title">Memory, with its budget dashed</h3>
        <CoursePlot
          label={`Memory of the server from ${times[0]} to ${times.at(-1)}: ${rangeOf(memory, megabytesText)}, with a budget of ${megabytesText(tuning.budgetBytes)}.`}
          values={memory}
          times={times}
          marked={marked}
          limit={tuning.budgetBytes}
          tell={megabytesText}
        />
        <h3 className="chart-title mt-4">Pages read from the disk, an hour</h3>
        <CoursePlot
          label={`Pages read from the disk in an hour, from ${times[0]} to ${times.at(-1)}: ${rangeOf(misses, numberText)}.`}
          values={misses}
          times={times}
          marked={marked}
          tell={numberText}
        />
        <ChartTable
          label="Memory and reads from disk over time"
          heads={['From', 'Memory', 'Pages an hour']}
          rows={points
            .map((point, at) => ({ id: String(point.from), cells: [times[at] ?? '', ...cellsOf(point)] }))
            .reverse()}
        />
      </figure>
    </section>
  )
}

function cellsOf({ rssBytes, poolMisses }: CoursePoint): string[] {
  return [
    rssBytes === null ? 'not read' : megabytesText(rssBytes),
    poolMisses === null ? 'not read' : numberText(poolMisses),
  ]
}

function rangeOf(values: readonly (number | null)[], tell: (value: number) => string): string {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? 'not read' : `${tell(Math.min(...known))} to ${tell(Math.max(...known))}`
}

function timeText({ from }: CoursePoint): string {
  return timeFormat.format(from)
}

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
