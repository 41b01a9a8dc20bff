import { KeysBar } from '@/components/frame/keys-bar'
import { SectionHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { Note } from '@/components/show/finding'
import { FilterBar } from '@/components/table/filter-bar'
import { type Params, readSort } from '@/components/table/sort'
import { readSearch } from '@/lib/catalog/clients/clients-export'
import { type ClientList, clientSorts, listClients, readWindow } from '@/lib/catalog/clients/list-clients'
import { clientHosts } from '@/lib/catalog/store/client-hosts'
import { catalogOf } from '../../catalog-of'
import { ExportLinks } from '../../export-links'
import { catalogHref } from '../../links'
import { CatalogTrouble } from '../catalog-trouble'
import { Pages, pageOf } from '../pages'
import { readForPage } from '../read-for-page'
import { ClientsTable } from './clients-table'
import { ErrorWindow } from './error-window'

const pageSize = 50

export const metadata = { title: 'Clients' }

/** Every client: how old its last good backups are, whether it is late, how it grows. The longest without one first. */
export default async function ClientsPage(props: {
  params: Promise<{ catalog: string }>
  searchParams: Promise<Params>
}) {
  const { ctx, catalog } = await catalogOf((await props.params).catalog)
  const params = await props.searchParams
  const sort = readSort(params, clientSorts, { by: 'good', descending: true })
  const page = pageOf(params)
  const windowDays = readWindow(params.window)
  const search = readSearch(params.q)
  const reading = await readForPage(ctx, catalog.id, async (of) => ({
    list: await listClients(of, { search, windowDays, sort, page, pageSize }),
    now: of.now,
  }))
  const path = catalogHref(catalog.id, 'clients')
  if (!reading.ok)
    return (
      <>
        <CatalogTrouble sentence={reading.trouble.message} />
        <KeysBar keys={[]} />
      </>
    )
  const { list, now } = reading.data
  const hosts = await clientHosts(
    ctx,
    list.rows.map(({ client }) => client.name),
  )
  return (
    <>
      <SectionHead
        title={titleOf(list, search !== '')}
        right={<ExportLinks catalogId={catalog.id} table="clients" what="clients" params={params} />}
      />
      <p className="mb-3 text-text-2">{sentenceOf(list, windowDays)}</p>
      <FilterBar
        path={path}
        params={params}
        search={{ name: 'q', label: 'Name of a client' }}
        keep={['sort', 'window']}
        right={<ErrorWindow path={path} params={params} chosen={windowDays} />}
      />
      {list.isCut ? (
        <div className="mb-4">
          <Note status="info" title="Not all clients are here">
            The catalog has more clients and jobs than are read at once. Search for a name to narrow them.
          </Note>
        </div>
      ) : null}
      <ClientsTable
        catalogId={catalog.id}
        list={list}
        hosts={hosts}
        now={now}
        windowDays={windowDays}
        sort={sort}
        params={params}
        empty={<NoClient isSearched={search !== ''} />}
      />
      <Pages path={path} params={params} page={page} rows={list.totals.clients} pageSize={pageSize} what="clients" />
      <KeysBar keys={[...rowKeyHints, { keys: ['/'], does: 'filter' }, { keys: ['1', '6'], does: 'tabs' }]} />
    </>
  )
}

function titleOf({ totals }: ClientList, isSearched: boolean): string {
  const clients = `${totals.clients.toLocaleString('en')} ${totals.clients === 1 ? 'client' : 'clients'}`
  return isSearched ? `${clients} ${totals.clients === 1 ? 'fits' : 'fit'}` : clients
}

function sentenceOf({ totals }: ClientList, windowDays: number): string {
  const { neverGood, withoutJobs, ended, failed } = totals
  const parts = [
    ...(neverGood > 0 ? [`${neverGood.toLocaleString('en')} without any good backup in the catalog`] : []),
    ...(withoutJobs > 0 ? [`${withoutJobs.toLocaleString('en')} without any backup job in it`] : []),
  ]
  const state = parts.length === 0 ? 'Each has a good backup in the catalog.' : `${parts.join(', ')}.`
  const rate =
    ended === 0
      ? `No backup ended in the last ${windowDays} days.`
      : `${failed.toLocaleString('en')} of ${ended.toLocaleString('en')} backups of the last ${windowDays} days failed.`
  return totals.clients === 0 ? rate : `${state} ${rate}`
}

function NoClient({ isSearched }: { isSearched: boolean }) {
  return isSearched ? (
    <EmptyState title="No client fits">No client of the catalog has this in its name.</EmptyState>
  ) : (
    <EmptyState title="No client yet">
      The director writes a client into the catalog when its first job runs. There was none so far.
    </EmptyState>
  )
}
