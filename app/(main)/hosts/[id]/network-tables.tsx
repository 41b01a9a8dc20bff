import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { type Column, DataTable } from '@/components/table/data-table'
import type { OwnFacts, ReadValue } from '@/lib/inventory/stored-facts'

type Interface = ReadValue<OwnFacts['addresses']>[number]
type Route = ReadValue<OwnFacts['routes']>['routes'][number]
type Owner = ReadValue<OwnFacts['networkOwner']>

/** Interfaces with their addresses. `isShort` leaves out the loopback, link-local addresses and hardware details. */
export function InterfacesTable({
  interfaces,
  isShort = false,
}: {
  interfaces: readonly Interface[]
  isShort?: boolean
}) {
  const rows = isShort ? interfaces.filter((one) => one.name !== 'lo' && addressesOf(one, true).length > 0) : interfaces
  const columns: readonly Column<Interface>[] = [
    { id: 'name', head: 'Interface', cell: (row) => <HostText text={row.name} max={40} /> },
    {
      id: 'state',
      head: 'State',
      cell: (row) => (
        <StatusMark status={row.state === 'up' ? 'ok' : row.state === 'down' ? 'waiting' : 'unknown'}>
          {row.state === 'unknown' ? 'not told' : row.state}
        </StatusMark>
      ),
    },
    {
      id: 'addresses',
      head: 'Addresses',
      cell: (row) =>
        addressesOf(row, isShort).map((address) => (
          <div key={address} className="mono">
            <HostText text={address} max={80} />
          </div>
        )),
    },
  ]
  const details: readonly Column<Interface>[] = [
    {
      id: 'mac',
      head: 'Hardware',
      hideOnPhone: true,
      cell: (row) => (
        <span className="mono text-text-2">{row.mac ? <HostText text={row.mac} max={40} /> : 'none'}</span>
      ),
    },
    { id: 'mtu', head: 'MTU', number: true, hideOnPhone: true, cell: (row) => row.mtu ?? 'not told' },
  ]
  return (
    <DataTable
      label="Interfaces"
      columns={isShort ? columns : [...columns, ...details]}
      rows={rows}
      rowId={(row) => row.name}
      empty={<p className="py-2 text-text-2">No interface but the loopback has an address.</p>}
    />
  )
}

function addressesOf({ addresses }: Interface, isShort: boolean): string[] {
  const shown = isShort ? addresses.filter((one) => one.scope !== 'link' && one.scope !== 'host') : addresses
  return shown.map(({ address, prefix }) => (prefix === null ? address : `${address}/${prefix}`))
}

/** The main routing tables. */
export function RoutesTable({ routes }: { routes: readonly Route[] }) {
  return (
    <DataTable
      label="Routes"
      columns={routeColumns}
      rows={routes}
      rowId={(row) => `${row.family} ${row.to} ${row.via} ${row.device} ${row.metric}`}
      empty={<p className="py-2 text-text-2">The host has no route.</p>}
    />
  )
}

const routeColumns: readonly Column<Route>[] = [
  {
    id: 'to',
    head: 'To',
    cell: (row) => (
      <span className="mono">{row.to === 'default' ? 'default' : <HostText text={row.to} max={60} />}</span>
    ),
  },
  {
    id: 'via',
    head: 'Via',
    cell: (row) => <span className="mono">{row.via ? <HostText text={row.via} max={60} /> : 'directly'}</span>,
  },
  { id: 'device', head: 'Through', cell: (row) => <HostText text={row.device} max={40} /> },
  { id: 'family', head: 'Family', hideOnPhone: true, cell: (row) => (row.family === 'ipv4' ? 'IPv4' : 'IPv6') },
  { id: 'metric', head: 'Metric', number: true, hideOnPhone: true, cell: (row) => row.metric },
]

/** Who sets the addresses at boot, in a sentence. */
export function OwnerSentence({ owner }: { owner: Owner }) {
  const present = owner.stacks.filter((stack) => stack.files.length > 0 || stack.running)
  if (owner.owner === null)
    return (
      <>
        {present.length === 0
          ? 'Nothing known to Pollux sets its addresses.'
          : 'Several could set its addresses; which one does is not clear.'}
      </>
    )
  const files = owner.stacks.find((stack) => stack.name === owner.owner)?.files ?? []
  return (
    <>
      {owner.owner} sets its addresses
      {files.length > 0 ? (
        <>
          , from <HostText text={files.join(', ')} max={200} />
        </>
      ) : null}
      .
    </>
  )
}
