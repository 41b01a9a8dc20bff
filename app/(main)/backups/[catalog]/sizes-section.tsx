import { HostText } from '@/components/base/host-text'
import { Sparkline } from '@/components/base/sparkline'
import { StackedBar } from '@/components/chart/stacked-bar'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import type { CatalogSizes, TableSize } from '@/lib/catalog/overview/catalog-sizes'
import { growthOf, type SizeSample, type TableGrowth } from '@/lib/catalog/overview/size-growth'
import { bytesText } from '@/lib/catalog/rules'
import { ExportLinks } from '../export-links'
import { Bytes } from './overview-facts'

interface Row extends TableSize {
  growth: TableGrowth | null
}

/** Tables that take a share worth seeing; the rest stand folded below. */
const shown = 8

/** How large the catalog is, table by table, and how it grows. */
export function SizesSection({
  catalogId,
  sizes,
  samples,
  today,
}: {
  catalogId: string
  sizes: CatalogSizes
  samples: readonly SizeSample[]
  today: string
}) {
  const rows = sizes.tables.map((size) => ({ ...size, growth: growthOf(size, samples, today) }))
  const days = Math.max(0, ...rows.map(({ growth }) => growth?.days ?? 0))
  const columns = columnsOf(rows, days)
  const rest = rows.slice(shown)
  return (
    <section className="overview-part" aria-labelledby="sizes">
      <SectionHead
        id="sizes"
        title="The catalog itself"
        note={sizes.bytes === null ? 'size unknown' : `${bytesText(sizes.bytes)} with its indexes`}
        right={<ExportLinks catalogId={catalogId} table="sizes" what="sizes of tables" />}
      />
      <DataTable
        label="Tables of the catalog"
        columns={columns}
        rows={rows.slice(0, shown)}
        rowId={({ table }) => table}
      />
      {rest.length > 0 ? (
        <details className="chart-table">
          <summary>{rest.length} smaller tables</summary>
          <DataTable label="Smaller tables of the catalog" columns={columns} rows={rest} rowId={({ table }) => table} />
        </details>
      ) : null}
      <p className="mt-2 text-12 text-text-3">
        {sizes.basis} {days === 0 ? 'Growth shows as soon as the sizes of an earlier day are kept.' : ''}
      </p>
    </section>
  )
}

function columnsOf(rows: readonly Row[], days: number): readonly Column<Row>[] {
  const most = Math.max(0, ...rows.map(({ bytes }) => bytes ?? 0))
  const sizes: Column<Row>[] = [
    { id: 'table', head: 'Table', cell: ({ table }) => <HostText text={table} max={64} /> },
    { id: 'rows', head: 'Rows', cell: ({ rows: count }) => <Rows count={count} />, number: true },
    { id: 'bytes', head: 'Size', cell: ({ bytes }) => <Bytes bytes={bytes} />, number: true },
    {
      id: 'bar',
      head: <span className="sr-only">Share</span>,
      cell: ({ bytes }) => (
        <span className="sizes-bar">
          <StackedBar parts={[{ id: 'bytes', value: bytes ?? 0, colour: 'var(--n-7)' }]} of={most} />
        </span>
      ),
      hideOnPhone: true,
    },
  ]
  if (days === 0) return sizes
  const inDays = `in ${days} d`
  return [
    ...sizes,
    {
      id: 'more-rows',
      head: `Rows ${inDays}`,
      cell: ({ growth }) => (
        <Change growth={growth} of="rows" days={days} tell={(count) => count.toLocaleString('en')} />
      ),
      number: true,
      hideOnPhone: true,
    },
    {
      id: 'more-bytes',
      head: `Size ${inDays}`,
      cell: ({ growth }) => <Change growth={growth} of="bytes" days={days} tell={bytesText} />,
      number: true,
    },
    {
      id: 'course',
      head: 'Course',
      cell: ({ table, growth }) => <Course table={table} growth={growth} />,
      hideOnPhone: true,
    },
  ]
}

function Rows({ count }: { count: number | null }) {
  return count === null ? <span className="text-text-3">unknown</span> : count.toLocaleString('en')
}

function Course({ table, growth }: { table: string; growth: TableGrowth | null }) {
  if (!growth || growth.course.every((value) => value === null)) return null
  return <Sparkline label={`Size of ${table} in ${growth.days} days`} values={growth.course} width={120} height={22} />
}

/** A change since the oldest kept day of the table; where that is not the one that the heading names, it says so. */
function Change({
  growth,
  of,
  days,
  tell,
}: {
  growth: TableGrowth | null
  of: 'rows' | 'bytes'
  days: number
  tell: (size: number) => string
}) {
  const change = growth?.[of] ?? null
  if (!growth || change === null) return <span className="text-text-3">unknown</span>
  return (
    <>
      {change === 0 ? '0' : `${change > 0 ? '+' : '−'}${tell(Math.abs(change))}`}
      {growth.days === days ? null : <span className="text-text-3"> in {growth.days} d</span>}
    </>
  )
}
