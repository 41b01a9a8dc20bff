import { Figure } from '@/components/base/figure'
import { Sparkline } from '@/components/base/sparkline'
import type { HistoryPoint } from '@/lib/inventory/host-history'
import { fullNow } from '@/lib/inventory/host-state'

/** Load, memory and the fullest disk over the last day, each a small course with its last and highest figure. */
export function HistoryLines({ points }: { points: readonly HistoryPoint[] }) {
  if (points.length < 2)
    return <p className="border-t border-line-strong py-2 text-text-2">A course is drawn from the second reading on.</p>
  return (
    <div className="border-t border-line-strong">
      <Line name="Load" values={points.map((point) => point.load1)} digits={2} />
      <Line name="Memory" values={points.map((point) => point.memoryPercent)} unit="%" to={100} digits={0} />
      <Line
        name="Fullest disk"
        values={points.map((point) => point.fullestPercent)}
        unit="%"
        to={100}
        limit={fullNow}
        digits={0}
      />
    </div>
  )
}

function Line({
  name,
  values,
  unit,
  to,
  limit,
  digits,
}: {
  name: string
  values: (number | null)[]
  unit?: string
  to?: number
  limit?: number
  digits: number
}) {
  const known = values.filter((value) => value !== null)
  const high = known.length > 0 ? Math.max(...known) : null
  return (
    <div className="grid grid-cols-[84px_minmax(0,1fr)_66px] items-center gap-3 m:grid-cols-[96px_minmax(0,1fr)_66px_92px] border-b border-line py-1">
      <span>{name}</span>
      <Sparkline label={`${name} over the last day`} values={values} to={to} limit={limit} width={150} />
      <span className="text-right font-medium">
        <Figure value={values.at(-1) ?? null} unit={unit} digits={digits} />
      </span>
      <span className="nowrap text-12 text-text-3 max-m:hidden">
        {high === null ? '' : 'high '}
        {high === null ? '' : high.toFixed(digits)}
        {limit === undefined ? '' : `, limit ${limit}`}
      </span>
    </div>
  )
}
