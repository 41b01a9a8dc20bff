import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import { readValue, type StoredFacts } from '@/lib/inventory/stored-facts'
import { DiskSize } from './size-figure'

interface ShareRow {
  mount: string
  source: string
  type: string
  size: { totalBytes: number; availableBytes: number } | null
}

/** What the host mounts from others. A server that is gone leaves its sizes unread, and nothing else. */
export function SharesList({ facts }: { facts: StoredFacts }) {
  const mounted = readValue(facts, 'fileSystems')?.network ?? []
  if (mounted.length === 0) return null
  const sizes = new Map((readValue(facts, 'shares') ?? []).map((share) => [share.mount, share]))
  const rows = mounted.map((share): ShareRow => ({ ...share, size: sizes.get(share.mount) ?? null }))
  return (
    <section className="min-w-0">
      <SectionHead title="From other hosts" note={rows.length} />
      <DataTable label="Network file systems" columns={columns} rows={rows} rowId={(row) => row.mount} />
    </section>
  )
}

const columns: readonly Column<ShareRow>[] = [
  { id: 'mount', head: 'Mounted at', cell: (row) => <HostText text={row.mount} max={80} /> },
  { id: 'source', head: 'From', cell: (row) => <HostText text={row.source} max={80} /> },
  { id: 'type', head: 'Type', hideOnPhone: true, cell: (row) => <HostText text={row.type} max={20} /> },
  {
    id: 'free',
    head: 'Free',
    number: true,
    cell: (row) => (row.size ? <DiskSize bytes={row.size.availableBytes} /> : <Figure value={null} />),
  },
  {
    id: 'size',
    head: 'Size',
    number: true,
    cell: (row) => (row.size ? <DiskSize bytes={row.size.totalBytes} /> : <Figure value={null} />),
  },
]
