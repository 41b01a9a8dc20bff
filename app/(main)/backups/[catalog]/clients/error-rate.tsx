import { formatFigure } from '@/components/base/figure'

/** How many of the runs that ended failed. Without a run there is no rate. */
export function ErrorRate({ ended, failed }: { ended: number; failed: number }) {
  if (ended === 0) return <span className="text-text-3">no run</span>
  return (
    <span className="nowrap" title={`${failed.toLocaleString('en')} of ${ended.toLocaleString('en')} runs`}>
      {formatFigure((failed / ended) * 100, failed === 0 || failed === ended ? 0 : undefined)}
      <span className="unit">%</span>
    </span>
  )
}
