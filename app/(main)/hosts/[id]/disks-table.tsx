import { HostText } from '@/components/base/host-text'
import { Tag } from '@/components/base/tag'
import { type Column, DataTable } from '@/components/table/data-table'
import type { OwnFacts, ReadValue } from '@/lib/inventory/stored-facts'
import { DiskSize } from './size-figure'

type Disk = ReadValue<OwnFacts['disks']>[number]

/** Block devices with what they are and the scheduler that serves them. */
export function DisksTable({ disks }: { disks: readonly Disk[] }) {
  return (
    <DataTable
      label="Disks"
      columns={columns}
      rows={disks}
      rowId={(disk) => disk.name}
      empty={<p className="py-2 text-text-2">The host shows no disk.</p>}
    />
  )
}

const columns: readonly Column<Disk>[] = [
  {
    id: 'name',
    head: 'Device',
    cell: (disk) => (
      <>
        <HostText text={disk.name} max={40} /> {disk.readOnly ? <Tag>read-only</Tag> : null}
      </>
    ),
  },
  { id: 'what', head: 'What', cell: (disk) => <span className="text-text-2">{whatOf(disk)}</span> },
  {
    id: 'model',
    head: 'Model',
    hideOnPhone: true,
    cell: (disk) =>
      disk.model ? <HostText text={disk.model} max={60} /> : <span className="text-text-3">not told</span>,
  },
  { id: 'scheduler', head: 'Scheduler', cell: (disk) => <Scheduler disk={disk} /> },
  { id: 'size', head: 'Size', number: true, cell: (disk) => <DiskSize bytes={disk.sizeBytes} /> },
]

const kinds = { disk: 'disk', 'device-mapper': 'device mapper', raid: 'RAID', virtual: 'virtual' } as const

function whatOf({ kind, rotational, removable }: Disk): string {
  const turns = rotational === null || kind !== 'disk' ? null : rotational ? 'rotational' : 'solid state'
  return [kinds[kind], turns, removable ? 'removable' : null].filter(Boolean).join(', ')
}

function Scheduler({ disk: { scheduler } }: { disk: Disk }) {
  if (!scheduler) return <span className="text-text-3">none to choose</span>
  const others = scheduler.offered.filter((name) => name !== scheduler.active)
  return (
    <>
      <HostText text={scheduler.active ?? 'not told'} max={40} />{' '}
      {others.length > 0 ? (
        <span className="text-12 text-text-3">
          or <HostText text={others.join(', ')} max={80} />
        </span>
      ) : null}
    </>
  )
}
