import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { type Column, DataTable } from '@/components/table/data-table'
import type { OwnFacts, ReadValue } from '@/lib/inventory/stored-facts'

type Certificate = ReadValue<OwnFacts['certificates']>['certificates'][number]

const soonMs = 14 * 86_400_000

/** Certificates that services keep, the first to expire on top. */
export function CertificatesTable({ certificates, now }: { certificates: readonly Certificate[]; now: number }) {
  const rows = [...certificates].sort((one, other) => Date.parse(one.notAfter) - Date.parse(other.notAfter))
  const columns: readonly Column<Certificate>[] = [
    {
      id: 'subject',
      head: 'For',
      cell: (row) => (
        <span className="break-all">
          <HostText text={row.subject} max={70} />
        </span>
      ),
    },
    {
      id: 'path',
      head: 'File',
      hideOnPhone: true,
      cell: (row) => (
        <span className="mono break-all text-text-2">
          <HostText text={row.path} max={80} />
        </span>
      ),
    },
    { id: 'end', head: 'Expires', cell: (row) => <End at={Date.parse(row.notAfter)} now={now} /> },
  ]
  return (
    <DataTable
      label="Certificates"
      columns={columns}
      rows={rows}
      rowId={(row) => row.path}
      empty={<p className="py-2 text-text-2">No certificate was found where services keep theirs.</p>}
    />
  )
}

function End({ at, now }: { at: number; now: number }) {
  const status = at < now ? 'bad' : at < now + soonMs ? 'warn' : 'ok'
  return (
    <StatusMark status={Number.isNaN(at) ? 'unknown' : status}>
      <RelativeTime at={at} still />
    </StatusMark>
  )
}
