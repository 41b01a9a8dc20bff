import { Bar } from '@/components/base/bar'
import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Params, Sort } from '@/components/table/sort'
import type { Pool } from '@/lib/catalog/pools/list-pools'
import { ExportLinks } from '../../export-links'
import { catalogHref } from '../../links'
import { Bytes } from '../bytes'
import { CatalogTime } from '../catalog-time'
import { KnownBytes } from '../known-bytes'
import { OnPhone } from '../on-phone'
import { Span } from '../span'
import { totalsOf } from './pools-facts'

export const poolSorts = ['name', 'volumes', 'bytes', 'capacity', 'retention', 'oldest', 'prunable'] as const
export type PoolSort = (typeof poolSorts)[number]

/** The pools, the largest first unless asked otherwise; the sums below are of all of them. */
export function PoolsTable({
  catalogId,
  zone,
  pools,
  sort,
  params,
}: {
  catalogId: string
  zone: string
  pools: readonly Pool[]
  sort: Sort<PoolSort>
  params: Params
}) {
  return (
    <section className="overview-part" aria-labelledby="pools">
      <SectionHead
        id="pools"
        title="Pools"
        note="retention and limits hold for new volumes"
        right={<ExportLinks catalogId={catalogId} table="pools" what="pools" />}
      />
      <DataTable
        label="Pools"
        columns={columnsOf(pools, zone)}
        rows={sorted(pools, sort)}
        rowId={({ poolId }) => String(poolId)}
        rowHref={({ poolId }) => catalogHref(catalogId, 'pools', poolId)}
        sort={{ now: sort, path: catalogHref(catalogId, 'pools'), params }}
        blocks
      />
    </section>
  )
}

function columnsOf(pools: readonly Pool[], zone: string): readonly Column<Pool>[] {
  const totals = totalsOf(pools)
  return [
    {
      id: 'name',
      head: 'Pool',
      sortable: true,
      cell: ({ name }) => <HostText text={name} max={127} />,
      foot: `${pools.length.toLocaleString('en')} ${pools.length === 1 ? 'pool' : 'pools'}`,
    },
    {
      id: 'volumes',
      head: 'Volumes',
      number: true,
      sortable: true,
      cell: ({ use, maxVols }) => (
        <Figure
          value={use.volumes}
          unit={maxVols !== null && maxVols > 0 ? `of ${maxVols.toLocaleString('en')}` : undefined}
        />
      ),
      foot: <Figure value={totals.volumes} />,
    },
    {
      id: 'used',
      head: <span className="sr-only">Share of the volumes that are allowed</span>,
      hideOnPhone: true,
      cell: ({ use, maxVols }) =>
        maxVols !== null && maxVols > 0 ? (
          <Bar used={use.volumes} of={maxVols} tone={use.volumes >= maxVols ? 'warn' : 'plain'} />
        ) : null,
    },
    {
      id: 'bytes',
      head: 'Space',
      number: true,
      sortable: true,
      cell: ({ use, unsized }) => <KnownBytes bytes={use.bytes} volumes={use.volumes} unsized={unsized} />,
      foot: <KnownBytes bytes={totals.bytes} volumes={totals.volumes} unsized={totals.unsized} />,
    },
    {
      id: 'capacity',
      head: 'May grow to',
      hideOnPhone: true,
      number: true,
      sortable: true,
      cell: ({ capacity }) => (
        <span title={capacity.because}>
          <Bytes bytes={capacity.bytes} />
        </span>
      ),
    },
    {
      id: 'retention',
      head: 'Retention',
      hideOnPhone: true,
      number: true,
      sortable: true,
      cell: ({ retention }) => <Span seconds={retention} />,
    },
    { id: 'rules', head: 'Recycle, prune', cell: (pool) => rulesWords(pool), hideOnPhone: true },
    {
      id: 'oldest',
      head: 'Restorable since',
      hideOnPhone: true,
      number: true,
      sortable: true,
      cell: ({ oldest }) =>
        oldest === null ? <span className="text-text-3">none</span> : <RelativeTime at={oldest} still />,
    },
    {
      id: 'next',
      head: 'Next volume back',
      cell: ({ nextBack }) => (
        <>
          <OnPhone>Next volume back: </OnPhone>
          <NextBack next={nextBack} zone={zone} />
        </>
      ),
      inBlock: 'line',
    },
    {
      id: 'prunable',
      head: 'Prunable now',
      number: true,
      sortable: true,
      cell: (pool) => (
        <>
          <OnPhone>Prunable now: </OnPhone>
          <PrunableNow pool={pool} />
        </>
      ),
      foot: (
        <>
          <OnPhone>Prunable now: </OnPhone>
          <Bytes bytes={totals.prunable} />
        </>
      ),
      inBlock: 'line',
    },
  ]
}

function rulesWords({ recycle, autoPrune }: Pool): string {
  return `${recycle ? 'recycles' : 'recycles not'}, ${autoPrune ? 'prunes itself' : 'by hand'}`
}

/** Which volume jobs will write over next, and from when on. */
export function NextBack({ next, zone }: { next: Pool['nextBack']; zone: string }) {
  if (next === null) return <span className="text-text-3">none by itself</span>
  const name = <HostText text={next.name} max={60} />
  if (next.at === null)
    return (
      <>
        now, {name} <span className="text-text-3">{next.how === 'prune' ? 'after a prune' : 'purged'}</span>
      </>
    )
  return (
    <>
      <CatalogTime at={next.at.getTime()} zone={zone} due />, {name}
    </>
  )
}

function PrunableNow({ pool: { prunable } }: { pool: Pool }) {
  const { volumes, bytes, kept } = prunable
  if (volumes === 0 && kept.volumes === 0) return <span className="text-text-3">nothing</span>
  const count =
    volumes === 0
      ? `${kept.volumes} without gain`
      : `${volumes.toLocaleString('en')} ${volumes === 1 ? 'volume' : 'volumes'}`
  return (
    <>
      <Bytes bytes={bytes} /> <span className="text-text-3">{count}</span>
    </>
  )
}

function sorted(pools: readonly Pool[], { by, descending }: Sort<PoolSort>): Pool[] {
  const value = (pool: Pool): string | number | null =>
    ({
      name: pool.name.toLowerCase(),
      volumes: pool.use.volumes,
      bytes: pool.use.bytes,
      capacity: pool.capacity.bytes,
      retention: pool.retention,
      oldest: pool.oldest,
      prunable: pool.prunable.bytes,
    })[by]
  return pools.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)]
    // What is not known stands last, whichever way round.
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const order = typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b)
    return (descending ? -order : order) || one.poolId - other.poolId
  })
}
