import { tenth, valueAxis } from '@/components/chart/axis'

export interface RunBar {
  id: string
  /** Null: not known. Drawn as a dashed outline, which is no zero. */
  value: number | null
  /** A token: `var(--lv-full)`. */
  colour: string
  /** What a reader or a hover gets: "7 Nov 2026, Full: 54 GB". */
  told: string
  /** Ended badly: hollow, so that colour does not speak alone. */
  isHollow?: boolean
  /** The run whose page it is. */
  isChosen?: boolean
}

const top = 8
const leastSlots = 12
const bottom = 18

/** One bar for each run, the oldest at the left, drawn on the server at parts of the width. Hovering tells its figures. */
export function RunBars({
  label,
  bars,
  from,
  to,
  tell,
  height = 96,
}: {
  /** What is to be seen, in a sentence: readers hear it in the picture's place. */
  label: string
  bars: readonly RunBar[]
  /** What stands below the first and the last bar. */
  from: string
  to: string
  tell: (value: number) => string
  height?: number
}) {
  const axis = valueAxis(Math.max(0, ...bars.map(({ value }) => value ?? 0)), height, 2)
  const total = top + height + bottom
  // Few bars end long before the plot does.
  const isNarrow = bars.length < leastSlots
  return (
    <div className="chart-plot">
      <svg className="chart-axis" height={total} aria-hidden="true">
        {axis.ticks.map((tick) => (
          <text key={tick} x="100%" y={top + axis.y(tick) + 4} textAnchor="end">
            {tick === 0 ? '0' : tell(tick)}
          </text>
        ))}
      </svg>
      <svg className="chart-svg" height={total} role="img" aria-label={label}>
        {axis.ticks.map((tick) => (
          <line
            key={tick}
            x1="0"
            x2="100%"
            y1={top + axis.y(tick)}
            y2={top + axis.y(tick)}
            stroke={tick === 0 ? 'var(--line-strong)' : 'var(--grid)'}
          />
        ))}
        {bars.map((bar, at) => (
          <Bar key={bar.id} bar={bar} at={at} of={bars.length} height={height} y={axis.y} />
        ))}
        <text x="0" y={total - 3}>
          {isNarrow && from !== to ? `${from} to ${to}` : from}
        </text>
        {isNarrow ? null : (
          <text x="100%" y={total - 3} textAnchor="end">
            {to}
          </text>
        )}
      </svg>
    </div>
  )
}

function Bar({
  bar,
  at,
  of,
  height,
  y,
}: {
  bar: RunBar
  at: number
  of: number
  height: number
  y: (value: number) => number
}) {
  // Few bars keep a likely width instead of filling the plot.
  const slot = 100 / Math.max(of, leastSlots)
  const x = at * slot + slot * 0.14
  const drawn = bar.value === null ? height * 0.3 : Math.max(1, height - y(bar.value))
  const isOutline = bar.value === null || bar.isHollow
  return (
    <g>
      <title>{bar.told}</title>
      <rect className="chart-hover" x={`${tenth(at * slot)}%`} width={`${tenth(slot)}%`} y={top} height={height} />
      <rect
        x={`${tenth(x)}%`}
        width={`${tenth(slot * 0.72)}%`}
        y={tenth(top + height - drawn)}
        height={tenth(drawn)}
        fill={isOutline ? 'none' : bar.colour}
        stroke={isOutline ? (bar.value === null ? 'var(--unknown-mark)' : bar.colour) : 'none'}
        strokeDasharray={bar.value === null ? '3 3' : undefined}
        strokeWidth={isOutline ? 1.5 : 0}
      />
      {bar.isChosen ? (
        <rect x={`${tenth(x)}%`} width={`${tenth(slot * 0.72)}%`} y={top + height + 2} height={3} fill="var(--text)" />
      ) : null}
    </g>
  )
}
