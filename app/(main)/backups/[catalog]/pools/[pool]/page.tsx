import { notFound } from 'next/navigation'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { hrefWith } from '@/components/table/sort'
import { listPools } from '@/lib/catalog/pools/list-pools'
import { listPoolDays } from '@/lib/catalog/pools/pool-days'
import { listVolumes } from '@/lib/catalog/volumes/list-volumes'
import { catalogOf } from '../../../catalog-of'
import { catalogHref } from '../../../links'
import { CatalogTrouble } from '../../catalog-trouble'
import { readForPage } from '../../read-for-page'
import { VolumesTable } from '../../volumes/volumes-table'
import { PoolDays } from './pool-days'
import { PoolFields } from './pool-fields'
import { StatusTable } from './status-table'

/** One pool: what may be in it and what is, how it went, and its volumes. */
export default async function PoolPage({ params }: { params: Promise<{ catalog: string; pool: string }> }) {
  const { catalog: catalogId, pool: id } = await params
  const { ctx, catalog } = await catalogOf(catalogId)
  const poolId = /^\d{1,15}$/.test(id) ? Number(id) : null
  if (poolId === null) notFound()
  const sort = { by: 'written', descending: true } as const
  const reading = await readForPage(ctx, catalog.id, async (of) => ({
    pool: (await listPools(of, poolId))[0] ?? null,
    list: await listVolumes(of, { filter: { pool: poolId }, sort, page: 1 }),
    now: of.now,
  }))
  if (!reading.ok) return <CatalogTrouble sentence={reading.trouble.message} />
  const { pool, list, now } = reading.data
  if (pool === null) notFound()
  const volumes = hrefWith(catalogHref(catalog.id, 'volumes'), { pool: String(poolId) })
  const shown = list.rows.slice(0, 12)
  return (
    <>
      <SectionHead
        id="pool"
        title={<HostText text={pool.name} max={127} />}
        note={pool.capacity.because}
        right={<LinkText href={catalogHref(catalog.id, 'pools')}>All pools</LinkText>}
      />
      <PoolFields pool={pool} catalogId={catalog.id} zone={catalog.zone} now={now} />
      <StatusTable pool={pool} catalogId={catalog.id} />
      <PoolDays days={await listPoolDays(ctx, catalog.id, pool.name)} />
      <section className="overview-part" aria-labelledby="volumes">
        <SectionHead
          id="volumes"
          title="Its volumes"
          note={shown.length < list.total ? `the ${shown.length} written last` : undefined}
          right={<LinkText href={volumes}>All {list.total.toLocaleString('en')}</LinkText>}
        />
        {shown.length === 0 ? (
          <p className="text-text-2">There is no volume in it.</p>
        ) : (
          <VolumesTable
            catalogId={catalog.id}
            zone={catalog.zone}
            list={{ ...list, rows: shown, total: shown.length }}
            page={1}
            sort={null}
            params={{}}
          />
        )}
      </section>
    </>
  )
}
