import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { type Column, DataTable } from '@/components/table/data-table'
import type { OwnFacts, ReadValue } from '@/lib/inventory/stored-facts'

type Services = ReadValue<OwnFacts['services']>
type Service = Services['services'][number]

/** What failed first, then what runs, then the rest. `most` cuts the list. */
export function ServicesTable({ of: { manager, services }, most }: { of: Services; most?: number }) {
  if (manager === 'none')
    return <p className="py-2 text-text-2">No service manager that Pollux knows runs on this host.</p>
  const rows = [...services].sort((one, other) => rankOf(one) - rankOf(other) || one.name.localeCompare(other.name))
  const isDescribed = rows.some((row) => row.description)
  return (
    <DataTable
      label="Services"
      columns={isDescribed ? columns : columns.filter((column) => column.id !== 'what')}
      rows={most === undefined ? rows : rows.slice(0, most)}
      rowId={(row) => row.name}
      empty={<p className="py-2 text-text-2">The host lists no service.</p>}
    />
  )
}

/** "9 run, 1 failed" */
export function countServices({ manager, services, failed }: Services): string | null {
  if (manager === 'none') return null
  const running = services.filter((service) => rankOf(service) === 1).length
  const told = services.some((service) => service.state !== null)
  const parts = [told ? `${running} run` : `${services.length} start at boot`]
  if (failed !== null) parts.push(failed.length === 0 ? 'none failed' : `${failed.length} failed`)
  return parts.join(', ')
}

function rankOf({ state, detail }: Service): number {
  if (state === 'failed') return 0
  if (state === 'active' && detail === 'running') return 1
  return state === 'active' ? 2 : 3
}

const columns: readonly Column<Service>[] = [
  { id: 'name', head: 'Service', cell: (row) => <HostText text={row.name} max={60} /> },
  {
    id: 'what',
    head: 'What',
    hideOnPhone: true,
    cell: (row) => (
      <span className="text-text-2">{row.description ? <HostText text={row.description} max={90} /> : null}</span>
    ),
  },
  { id: 'state', head: 'State', cell: (row) => <State row={row} /> },
]

function State({ row: { state, detail } }: { row: Service }) {
  if (state === null) return <StatusMark status="unknown">starts at boot</StatusMark>
  if (state === 'failed') return <StatusMark status="bad">failed</StatusMark>
  if (state === 'active')
    return (
      <StatusMark status="ok">
        {detail === 'running' ? 'runs' : <HostText text={detail ?? state} max={20} />}
      </StatusMark>
    )
  return (
    <StatusMark status="waiting">
      <HostText text={detail && detail !== 'dead' ? detail : state} max={20} />
    </StatusMark>
  )
}
