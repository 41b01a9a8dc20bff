import { KeysBar } from '@/components/frame/keys-bar'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { type Params, readSort } from '@/components/table/sort'
import { listPools } from '@/lib/catalog/pools/list-pools'
import { catalogOf } from '../../catalog-of'
import { CatalogTrouble } from '../catalog-trouble'
import { readForPage } from '../read-for-page'
import { PoolsFacts } from './pools-facts'
import { PoolsPlot } from './pools-plot'
import { PoolsTable, poolSorts } from './pools-table'

/** Where the space goes, and what of it can be freed now: every pool with its volumes. */
export default async function PoolsPage({
  params,
  searchParams,
}: {
  params: Promise<{ catalog: string }>
  searchParams: Promise<Params>
}) {
  const { ctx, catalog } = await catalogOf((await params).catalog)
  const address = await searchParams
  const sort = readSort(address, poolSorts, { by: 'bytes', descending: true })
  const reading = await readForPage(ctx, catalog.id, (of) => listPools(of))
  if (!reading.ok) return <CatalogTrouble sentence={reading.trouble.message} />
  if (reading.data.length === 0)
    return (
      <EmptyState title="No pool yet">
        The catalog knows no pool. A director writes its pools there when it starts.
      </EmptyState>
    )
  return (
    <>
      <PoolsFacts pools={reading.data} />
      <PoolsTable catalogId={catalog.id} zone={catalog.zone} pools={reading.data} sort={sort} params={address} />
      <PoolsPlot pools={reading.data} />
      <KeysBar keys={[...rowKeyHints, { keys: ['1', '6'], does: 'tabs' }]} />
    </>
  )
}
