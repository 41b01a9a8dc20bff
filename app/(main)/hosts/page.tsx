import type { z } from 'zod'
import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import { FilterBar } from '@/components/table/filter-bar'
import { type Params, readSort } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { type HostList, hostSorts, type ListHostsInput, listHosts } from '@/lib/inventory/list-hosts'
import { HostsTable } from './hosts-table'
import { kindWords, stateFilters } from './words'

export const metadata = { title: 'Hosts' }

/** Every host with how it is; filters and sort stand in the address. */
export default async function HostsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageCtx('read inventory')
  const params = await searchParams
  const sort = readSort(params, hostSorts, { by: 'name', descending: false })
  const list = await listHosts(ctx, { ...filtersOf(params), sort })
  const mayAdd = can(ctx.actor, 'edit host identity')
  if (list.total === 0) return <NoHostYet mayAdd={mayAdd} />
  return (
    <>
      <PageHead
        title={titleOf(list)}
        actions={
          <>
            <ButtonLink kind="quiet" href="/hosts/pairs">
              Failover pairs
            </ButtonLink>
            {mayAdd ? <AddButtons /> : null}
          </>
        }
      >
        {sentenceOf(list)}
      </PageHead>
      <FilterBar
        path="/hosts"
        params={params}
        search={{ name: 'q', label: 'Name, address, tag or note' }}
        selects={[
          {
            name: 'kind',
            label: 'Kind',
            options: Object.entries(kindWords).map(([value, label]) => ({ value, label })),
          },
          { name: 'state', label: 'State', options: stateFilters },
          { name: 'tag', label: 'Tag', options: list.tags.map((tag) => ({ value: tag, label: tag })) },
        ]}
        right={list.rows.length < list.total ? `${list.rows.length} of ${list.total} hosts` : null}
      />
      <HostsTable rows={list.rows} sort={sort} params={params} mayRead={can(ctx.actor, 'read facts anew')} />
      <KeysBar
        keys={[
          { keys: ['J', 'K'], does: 'move' },
          { keys: ['X'], does: 'choose' },
          { keys: ['Enter'], does: 'open' },
          { keys: ['/'], does: 'filter' },
        ]}
      />
    </>
  )
}

function AddButtons() {
  return (
    <>
      <ButtonLink href="/hosts/many">Add many</ButtonLink>
      <ButtonLink kind="primary" href="/hosts/new">
        Add host
      </ButtonLink>
    </>
  )
}

function NoHostYet({ mayAdd }: { mayAdd: boolean }) {
  return (
    <>
      <PageHead title="Hosts" />
      <EmptyState title="No host yet" actions={mayAdd ? <AddButtons /> : null}>
        The inventory holds the servers, NAS and VMs that Pollux reads over SSH. It takes an address, a login and a look
        at the host’s key.{mayAdd ? '' : ' An admin adds the first one.'}
      </EmptyState>
      <KeysBar keys={[]} />
    </>
  )
}

function titleOf({ rows, total }: HostList): string {
  const bad = rows.filter((row) => row.state.mark === 'bad').length
  if (bad > 0) return bad === 1 ? '1 host hurts now' : `${bad} hosts hurt now`
  return total === 1 ? '1 host' : `${total} hosts`
}

function sentenceOf({ total, inReach }: HostList): string {
  return `${inReach} of ${total} in reach when last tried.`
}

function filtersOf(params: Params): z.input<typeof ListHostsInput> {
  const one = (name: string) => {
    const value = params[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const kind = one('kind')
  const state = one('state')
  return {
    search: one('q')?.slice(0, 200) ?? '',
    kind: kind === 'server' || kind === 'nas' || kind === 'vm' ? kind : null,
    state: stateFilters.find((filter) => filter.value === state)?.value ?? null,
    tag: one('tag')?.slice(0, 64) ?? null,
  }
}
