import { ChartTable } from '@/components/chart/chart-table'
import { SectionHead } from '@/components/frame/page-head'
import type { MonthSize } from '@/lib/catalog/clients/client-sizes'
import { bytesText } from '@/lib/catalog/rules'
import { RunBars } from '../../jobs/run-bars'

/** What the last good Fulls of all its jobs held together, month by month. */
export function SizeSection({ sizes }: { sizes: readonly MonthSize[] }) {
  const from = sizes.findIndex(({ bytes }) => bytes !== null)
  const shown = from < 0 ? [] : sizes.slice(from)
  const [first, last] = [shown[0], shown.at(-1)]
  return (
    <section className="overview-part" aria-labelledby="size">
      <SectionHead
        id="size"
        title="Size over time"
        note="the last good Full of each of its jobs, added up at the end of the month"
      />
      {!first || !last ? (
        <p className="text-text-2">The catalog has no good Full of it in the last 13 months.</p>
      ) : (
        <figure className="chart">
          <RunBars
            label={`Size of its Fulls by month: ${bytesText(first.bytes)} in ${first.month}, ${bytesText(last.bytes)} in ${last.month}.`}
            bars={shown.map(({ month, bytes }) => ({
              id: month,
              value: bytes,
              colour: 'var(--lv-full)',
              told: `${month}: ${bytesText(bytes)}`,
            }))}
            from={first.month}
            to={last.month}
            tell={bytesText}
          />
          <ChartTable
            label="Size of its Fulls by month"
            heads={['Month', 'Bytes']}
            rows={[...shown].reverse().map(({ month, bytes }) => ({ id: month, cells: [month, bytesText(bytes)] }))}
          />
        </figure>
      )}
    </section>
  )
}
