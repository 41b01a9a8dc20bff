import { tenth, valueAxis } from '@/components/chart/axis'

const top = 8
const bottom = 18

/** Readings in equal stretches, drawn on the server at parts of the width. What was not read is a gap. Hovering tells figures. */
export function CoursePlot({
  label,
  values,
  times,
  marked,
  limit,
  tell,
  height = 96,
}: {
  /** What is to be seen, in a sentence: readers hear it in the picture's place. */
  label: string
  values: readonly (number | null)[]
  /** When each stretch begins, in words. */
  times: readonly string[]
  /** The stretch in which the change began; -1 where it is not in the plot. */
  marked: number
  /** Drawn dashed. */
  limit?: number
  tell: (value: number) => string
  height?: number
}) {
  const axis = valueAxis(Math.max(limit ?? 0, ...values.map((value) => value ?? 0)), height, 2)
  const total = top + height + bottom
  const slot = 100 / Math.max(1, values.length)
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
          <Across key={tick} y={top + axis.y(tick)} stroke={tick === 0 ? 'var(--line-strong)' : 'var(--grid)'} />
        ))}
        {values.map((value, at) => {
          const whole = { x: `${tenth(at * slot)}%`, width: `${tenth(slot)}%`, y: top, height }
          const drawn = value === null ? 0 : Math.max(1, height - axis.y(value))
          return (
            <g key={times[at]}>
              <title>{`${times[at]}: ${value === null ? 'not read' : tell(value)}`}</title>
              <rect className={value === null ? 'chart-gap' : 'chart-hover'} {...whole} />
              {value === null ? null : (
                <rect {...whole} y={tenth(top + height - drawn)} height={tenth(drawn)} fill="var(--lv-diff)" />
              )}
            </g>
          )
        })}
        {limit === undefined ? null : <Across y={top + axis.y(limit)} stroke="var(--limit)" dashed />}
        {marked < 0 ? null : (
          <line
            x1={`${tenth(marked * slot)}%`}
            x2={`${tenth(marked * slot)}%`}
            y1={0}
            y2={top + height}
            stroke="var(--text)"
            strokeWidth="2"
          />
        )}
        <text x="0" y={total - 3}>
          {times[0]}
        </text>
        <text x="100%" y={total - 3} textAnchor="end">
          {times.at(-1)}
        </text>
      </svg>
    </div>
  )
}

function Across({ y, stroke, dashed = false }: { y: number; stroke: string; dashed?: boolean }) {
  return <line x1="0" x2="100%" y1={y} y2={y} stroke={stroke} strokeDasharray={dashed ? '4 3' : undefined} />
}
