import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { type Column, DataTable } from '@/components/table/data-table'
import type { AuditListRow } from '@/lib/audit/list-audit'
import { detailWords, objectHref, outcomeWords } from './activity-words'

/** Rows of the record. Labels may carry what a host or a stranger sent, so they are shown made visible. */
export function ActivityTable({ rows }: { rows: readonly AuditListRow[] }) {
  return <DataTable label="Activity" columns={columns} rows={rows} rowId={(row) => String(row.id)} blocks />
}

/** What is longer (fingerprints) lies folded behind its beginning. */
const longDetail = 64

const columns: readonly Column<AuditListRow>[] = [
  { id: 'at', head: 'When', cell: (row) => <RelativeTime at={row.at.getTime()} still /> },
  {
    id: 'outcome',
    head: 'Outcome',
    cell: (row) => <StatusMark status={outcomeWords[row.outcome].status}>{outcomeWords[row.outcome].word}</StatusMark>,
  },
  { id: 'who', head: 'Who', cell: (row) => <HostText text={row.actor} max={80} /> },
  { id: 'what', head: 'What', cell: (row) => row.verb },
  { id: 'object', head: 'Object', cell: (row) => <ObjectCell row={row} />, inBlock: 'line' },
]

function ObjectCell({ row }: { row: AuditListRow }) {
  const href = objectHref(row)
  const label = <HostText text={row.label} max={120} />
  const detail = detailWords(row.detail)
  return (
    <>
      <span className="text-text-2">{row.object}</span>{' '}
      {href ? (
        <LinkText href={href} prefetch={false}>
          {label}
        </LinkText>
      ) : (
        label
      )}
      {detail ? (
        <div className="wrap-anywhere text-12 text-text-2">
          {detail.length > longDetail ? (
            <details className="opened">
              <summary>
                <HostText text={detail} max={longDetail} />
              </summary>
              <HostText text={detail} max={4_000} />
            </details>
          ) : (
            <HostText text={detail} />
          )}
        </div>
      ) : null}
    </>
  )
}
