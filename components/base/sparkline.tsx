/**
 * A course of readings without axes, drawn on the server at the size it is shown. A `null` is a gap: not read is not zero.
 * `from` is zero unless told otherwise; `limit` is drawn dashed. `label` says in words what is to be seen.
 */
export function Sparkline({
  label,
  values,
  limit,
  from = 0,
  to,
  width = 132,
  height = 30,
}: {
  label: string
  values: readonly (number | null)[]
  limit?: number
  from?: number
  to?: number
  width?: number
  height?: number
}) {
  const top = to ?? Math.max(from + 1, limit ?? from, ...values.filter((value) => value !== null))
  const y = (value: number) => round(height - 1 - ((value - from) / (top - from)) * (height - 2))
  const x = (index: number) => round(values.length < 2 ? 0 : (index / (values.length - 1)) * width)
  return (
    <svg className="sparkline" width={width} height={height} role="img" aria-label={label}>
      {limit === undefined ? null : <path d={`M0 ${y(limit)}H${width}`} stroke="var(--limit)" strokeDasharray="3 3" />}
      {runs(values).map((run) => (
        <polyline
          key={run.start}
          points={run.values.map((value, at) => `${x(run.start + at)},${y(value)}`).join(' ')}
          fill="none"
          stroke="var(--text-2)"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
    </svg>
  )
}

function runs(values: readonly (number | null)[]): { start: number; values: number[] }[] {
  const found: { start: number; values: number[] }[] = []
  values.forEach((value, index) => {
    if (value === null) return
    const last = found.at(-1)
    if (last && last.start + last.values.length === index) last.values.push(value)
    else found.push({ start: index, values: [value] })
  })
  return found
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
