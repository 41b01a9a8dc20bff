import { scaleBand } from 'd3-scale'
import { stack } from 'd3-shape'
import { type Axis, dayLabels, dayWords, tenth, valueAxis } from './axis'
import { ChartTable } from './chart-table'
import { Legend, type Series } from './legend'

export interface TimeBarsProps {
  /** What is drawn, for readers: "Bytes per day by level". */
  label: string
  /** What is to be seen, in a sentence; readers hear it in the picture's place. */
  summary: string
  /** From the bottom of the stack up. */
  series: readonly Series[]
  /** The days in their order (YYYY-MM-DD), each with a value for every series by its id; null where nobody knows them. */
  days: readonly { day: string; values: Values | null }[]
  /** A value with its unit: for the axis, the hover and the table. */
  tell: (value: number) => string
  height?: number
  /** What stands beside a series' name: all days together, or where the values are a level its last one. */
  total?: 'sum' | 'last'
}

type Values = Readonly<Record<string, number>>

const gutterTop = 8
const gutterBottom = 20

/**
 * Stacked bars by day, drawn on the server: positions across are parts of the width, so that it fits every screen and its
 * words stay as large as they are. No script; hovering a day tells its figures, and the same figures stand in a table below.
 */
export function TimeBars({ label, summary, series, days, tell, height = 150, total = 'sum' }: TimeBarsProps) {
  const rows = days.map(({ day, values }) => ({ day, ...values }))
  const known = days.flatMap(({ day, values }) => (values === null ? [] : { day, values }))
  const sum = (values: Values) => series.reduce((all, { id }) => all + (values[id] ?? 0), 0)
  const axis = valueAxis(Math.max(0, ...known.map(({ values }) => sum(values))), height)
  const counted = total === 'last' ? known.slice(-1) : known
  return (
    <figure className="chart">
      <Legend series={series} tell={(id) => tell(counted.reduce((all, { values }) => all + (values[id] ?? 0), 0))} />
      <div className="chart-plot">
        <AxisWords axis={axis} height={height} tell={tell} />
        <svg
          className="chart-svg"
          height={gutterTop + height + gutterBottom}
          role="img"
          aria-label={`${label}. ${summary}`}
        >
          <Grid axis={axis} />
          <Bars series={series} rows={rows} days={days} axis={axis} height={height} tell={tell} />
          <DayWords days={days.map(({ day }) => day)} height={height} />
        </svg>
      </div>
      <ChartTable
        label={label}
        heads={['Day', ...series.map((one) => one.label)]}
        rows={known
          // Nothing on a day is worth no row; a level of nothing is a reading.
          .filter(({ values }) => total === 'last' || sum(values) > 0)
          .map(({ day, values }) => ({ id: day, cells: [day, ...series.map(({ id }) => tell(values[id] ?? 0))] }))
          .reverse()}
      />
    </figure>
  )
}

function Bars({
  series,
  rows,
  days,
  axis,
  height,
  tell,
}: Pick<TimeBarsProps, 'series' | 'days' | 'tell'> & {
  rows: readonly Record<string, number | string>[]
  axis: Axis
  height: number
}) {
  const band = scaleBand<number>().domain(days.keys()).range([0, 100]).paddingInner(0.28).paddingOuter(0.1)
  const layers = stack<unknown, Record<string, number | string>, string>()
    .keys(series.map(({ id }) => id))
    .value((row, key) => Number(row[key] ?? 0))(rows)
  return days.map(({ day, values }, at) => {
    const whole = { x: `${(at * 100) / days.length}%`, width: `${100 / days.length}%`, y: gutterTop, height }
    if (values === null)
      return (
        <g key={day}>
          <title>{`${dayWords(day)}: not known`}</title>
          <rect className="chart-gap" {...whole} />
        </g>
      )
    const x = `${tenth(band(at) ?? 0)}%`
    const width = `${tenth(band.bandwidth())}%`
    const told = series
      .filter(({ id }) => (values[id] ?? 0) > 0)
      .map(({ id, label }) => `${label} ${tell(values[id] ?? 0)}`)
    return (
      <g key={day}>
        <title>{`${dayWords(day)}: ${told.length === 0 ? 'none' : told.join(', ')}`}</title>
        <rect className="chart-hover" {...whole} />
        {layers.map((layer) => {
          const [from, to] = layer[at] ?? [0, 0]
          const drawn = tenth(axis.y(from) - axis.y(to))
          if (to <= from) return null
          // What is there but too low to see is drawn one pixel high: it is not nothing.
          return (
            <rect
              key={layer.key}
              x={x}
              width={width}
              y={gutterTop + axis.y(from) - Math.max(1, drawn)}
              height={Math.max(1, drawn)}
              fill={series[layer.index]?.colour}
            />
          )
        })}
      </g>
    )
  })
}

function Grid({ axis }: { axis: Axis }) {
  return axis.ticks.map((tick) => (
    <line
      key={tick}
      x1="0"
      x2="100%"
      y1={gutterTop + axis.y(tick)}
      y2={gutterTop + axis.y(tick)}
      stroke={tick === 0 ? 'var(--line-strong)' : 'var(--grid)'}
    />
  ))
}

function AxisWords({ axis, height, tell }: { axis: Axis; height: number; tell: TimeBarsProps['tell'] }) {
  return (
    <svg className="chart-axis" height={gutterTop + height + gutterBottom} aria-hidden="true">
      {axis.ticks.map((tick) => (
        <text key={tick} x="100%" y={gutterTop + axis.y(tick) + 4} textAnchor="end">
          {tick === 0 ? '0' : tell(tick)}
        </text>
      ))}
    </svg>
  )
}

function DayWords({ days, height }: { days: readonly string[]; height: number }) {
  return dayLabels(days).map(({ at, text }) => {
    const x = ((at + 0.5) * 100) / days.length
    const anchor = x < 5 ? 'start' : x > 95 ? 'end' : 'middle'
    return (
      <text key={text} x={`${tenth(x)}%`} y={gutterTop + height + 15} textAnchor={anchor}>
        {text}
      </text>
    )
  })
}
