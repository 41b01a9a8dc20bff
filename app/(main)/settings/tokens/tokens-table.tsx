import { RelativeTime } from '@/components/base/relative-time'
import { Tag } from '@/components/base/tag'
import { type Column, DataTable } from '@/components/table/data-table'
import type { ApiTokenRow } from '@/lib/users/list-api-tokens'
import { EndToken } from './end-token'

/** API tokens that hold, each with its end. */
export function TokensTable({ tokens }: { tokens: readonly ApiTokenRow[] }) {
  return <DataTable label="API tokens" columns={columns} rows={tokens} rowId={(row) => row.id} blocks />
}

const columns: readonly Column<ApiTokenRow>[] = [
  {
    id: 'name',
    head: 'For',
    cell: (row) => (
      <>
        {row.name}{' '}
        {row.tags.map((tag) => (
          <span key={tag} className="ml-1">
            <Tag>{tag}</Tag>
          </span>
        ))}
      </>
    ),
  },
  { id: 'role', head: 'Role', inBlock: 'line', cell: (row) => row.role },
  {
    id: 'used',
    head: 'Last used',
    inBlock: 'line',
    cell: (row) => (row.lastUsedAt ? <RelativeTime at={row.lastUsedAt.getTime()} still /> : 'never used'),
  },
  {
    id: 'ends',
    head: 'Ends',
    inBlock: 'line',
    cell: (row) => (
      <>
        <span className="m:hidden">ends </span>
        <RelativeTime at={row.expiresAt.getTime()} still />
      </>
    ),
  },
  {
    id: 'end',
    head: <span className="sr-only">What can be done</span>,
    number: true,
    inBlock: 'line',
    cell: (row) => <EndToken tokenId={row.id} name={row.name} />,
  },
]
