import { Bar } from '@/components/base/bar'
import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { Tag } from '@/components/base/tag'
import { type Column, DataTable } from '@/components/table/data-table'
import { fullNow, fullSoon } from '@/lib/inventory/host-state'
import type { OwnFacts, ReadValue } from '@/lib/inventory/stored-facts'
import { DiskSize } from './size-figure'

type FileSystem = ReadValue<OwnFacts['fileSystems']>['local'][number]

/** File systems with how full they are, the fullest first. `isShort` leaves sources and inodes to the Storage tab. */
export function StorageTable({
  fileSystems,
  isShort = false,
}: {
  fileSystems: readonly FileSystem[]
  isShort?: boolean
}) {
  const rows = [...fileSystems].sort((one, other) => other.usedPercent - one.usedPercent)
  const columns = isShort ? allColumns.filter((column) => shortColumns.includes(column.id)) : allColumns
  return (
    <DataTable
      label="File systems"
      columns={columns}
      rows={rows}
      rowId={(row) => row.mount}
      empty={<p className="py-2 text-text-2">The host has no file system that could fill up.</p>}
    />
  )
}

const shortColumns = ['mount', 'full', 'percent', 'free', 'size']

const allColumns: readonly Column<FileSystem>[] = [
  {
    id: 'mount',
    head: 'Mounted at',
    cell: (row) => (
      <>
        <HostText text={row.mount} max={60} /> {row.readOnly ? <Tag>read-only</Tag> : null}
      </>
    ),
  },
  { id: 'source', head: 'From', hideOnPhone: true, cell: (row) => <HostText text={row.source} max={60} /> },
  {
    id: 'type',
    head: 'Type',
    hideOnPhone: true,
    cell: (row) => (row.type ? <HostText text={row.type} max={20} /> : <Figure value={null} />),
  },
  { id: 'full', head: 'Full', cell: (row) => <Bar used={row.usedPercent} of={100} tone={toneOf(row.usedPercent)} /> },
  {
    id: 'percent',
    head: <span className="sr-only">Percent</span>,
    number: true,
    cell: (row) => <Percent value={row.usedPercent} />,
  },
  {
    id: 'inodes',
    head: 'Inodes',
    number: true,
    hideOnPhone: true,
    cell: (row) =>
      row.inodes ? <Percent value={row.inodes.usedPercent} /> : <span className="text-text-3">no limit</span>,
  },
  { id: 'free', head: 'Free', number: true, cell: (row) => <DiskSize bytes={row.availableBytes} /> },
  { id: 'size', head: 'Size', number: true, cell: (row) => <DiskSize bytes={row.totalBytes} /> },
]

function Percent({ value }: { value: number }) {
  const tone = toneOf(value)
  return (
    <span className={tone === 'plain' ? undefined : `text-${tone}-text`}>
      <Figure value={value} unit="%" digits={0} />
    </span>
  )
}

function toneOf(percent: number): 'plain' | 'warn' | 'bad' {
  if (percent >= fullNow) return 'bad'
  return percent >= fullSoon ? 'warn' : 'plain'
}
