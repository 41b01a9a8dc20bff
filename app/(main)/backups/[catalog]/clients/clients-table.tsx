import type { ReactNode } from 'react'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { Sparkline } from '@/components/base/sparkline'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Params, Sort } from '@/components/table/sort'
import type { MonthSize } from '@/lib/catalog/clients/client-sizes'
import type { ClientList, ListedClient } from '@/lib/catalog/clients/list-clients'
import { bytesText } from '@/lib/catalog/rules'
import type { ClientHost } from '@/lib/catalog/store/client-hosts'
import { catalogHref } from '../../links'
import { Bytes, NameOf } from '../jobs/job-figures'
import { Age } from './age'
import { ErrorRate } from './error-rate'
import { Labelled } from './labelled'
import { VerdictMark } from './verdict-mark'

/** A page of clients. Ages are those of the last backup of a level that ended well, or with warnings. */
export function ClientsTable({
  catalogId,
  list,
  hosts,
  now,
  windowDays,
  sort,
  params,
  empty,
}: {
  catalogId: string
  list: ClientList
  hosts: ReadonlyMap<string, ClientHost>
  now: number
  windowDays: number
  sort: Sort
  params: Params
  empty: ReactNode
}) {
  return (
    <DataTable
      label="Clients"
      columns={columnsOf(hosts, now, windowDays)}
      rows={list.rows}
      rowId={({ client }) => String(client.clientId)}
      rowHref={({ client }) => catalogHref(catalogId, 'clients', client.clientId)}
      sort={{ now: sort, path: catalogHref(catalogId, 'clients'), params }}
      blocks
      empty={empty}
    />
  )
}

function columnsOf(
  hosts: ReadonlyMap<string, ClientHost>,
  now: number,
  windowDays: number,
): readonly Column<ListedClient>[] {
  return [
    { id: 'name', head: 'Client', sortable: true, cell: ({ client }) => <NameOf text={client.name} none="no name" /> },
    { id: 'host', head: 'Host', cell: ({ client }) => <HostOf host={hosts.get(client.name)} /> },
    { id: 'state', head: 'Worst of its jobs', cell: (row) => <Worst row={row} />, inBlock: 'line' },
    {
      id: 'good',
      head: 'Last good',
      sortable: true,
      number: true,
      cell: ({ lastGood }) => (
        <Labelled label="last good">
          <Age last={lastGood} now={now} none="never" />
        </Labelled>
      ),
    },
    {
      id: 'full',
      head: 'Full',
      sortable: true,
      number: true,
      cell: ({ last }) => (
        <Labelled label="Full">
          <Age last={last.full} now={now} />
        </Labelled>
      ),
    },
    {
      id: 'differential',
      head: 'Differential',
      sortable: true,
      number: true,
      cell: ({ last }) => (
        <Labelled label="Differential">
          <Age last={last.differential} now={now} />
        </Labelled>
      ),
    },
    {
      id: 'incremental',
      head: 'Incremental',
      sortable: true,
      number: true,
      cell: ({ last }) => (
        <Labelled label="Incremental">
          <Age last={last.incremental} now={now} />
        </Labelled>
      ),
    },
    {
      id: 'errors',
      head: `Failed, ${windowDays} days`,
      sortable: true,
      number: true,
      cell: ({ ended, failed }) => (
        <Labelled label="failed">
          <ErrorRate ended={ended} failed={failed} />
        </Labelled>
      ),
    },
    {
      id: 'size',
      head: 'Last Fulls',
      number: true,
      cell: ({ sizes }) => (
        <Labelled label="Fulls">
          <Bytes value={sizes.at(-1)?.bytes ?? null} />
        </Labelled>
      ),
    },
    { id: 'growth', head: '13 months', cell: ({ sizes }) => <Growth sizes={sizes} />, hideOnPhone: true },
  ]
}

function HostOf({ host }: { host: ClientHost | undefined }) {
  if (!host) return <span className="text-text-3">not in the inventory</span>
  return (
    <LinkText href={`/hosts/${host.id}`} prefetch={false}>
      <HostText text={host.name} max={64} />
    </LinkText>
  )
}

function Worst({ row: { worst } }: { row: ListedClient }) {
  if (!worst) return <span className="text-text-3">no backup job</span>
  return (
    <>
      <VerdictMark verdict={worst.verdict} />
      {worst.verdict.state === 'on time' ? null : (
        <span className="text-12 text-text-3">
          {' '}
          <NameOf text={worst.name} none="no name" />
        </span>
      )}
    </>
  )
}

function Growth({ sizes }: { sizes: readonly MonthSize[] }) {
  const known = sizes.filter(({ bytes }) => bytes !== null)
  if (known.length < 2) return <span className="text-12 text-text-3">too few Fulls</span>
  const [first, last] = [known[0], known.at(-1)]
  return (
    <Sparkline
      label={`Last good Fulls: ${bytesText(first?.bytes ?? null)} in ${first?.month}, ${bytesText(last?.bytes ?? null)} in ${last?.month}`}
      values={sizes.map(({ bytes }) => bytes)}
      width={90}
      height={22}
    />
  )
}
