import type { StandingMesh } from '@/agents/ipsec/view'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { StatusMark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import type { DriftItem } from '@/lib/changes/list-drift'

/** A member with what no longer stands on its host as it was left. */
interface MemberRow {
  hostId: string
  label: string
  outer: string
  inner: string
  /** Null where the host left the inventory. */
  name: string | null
  drift: readonly DriftItem[]
}

/** The members, and where a host is no longer as the change left it: by what was read last. */
export function MembersSection({
  mesh,
  names,
  drift,
}: {
  mesh: StandingMesh
  names: ReadonlyMap<string, string>
  drift: readonly DriftItem[]
}) {
  const rows = mesh.members.map(
    (member): MemberRow => ({
      ...member,
      name: names.get(member.hostId) ?? null,
      drift: drift.filter((item) => item.hostId === member.hostId),
    }),
  )
  return (
    <section className="mb-6 min-w-0">
      <SectionHead title="Members" note={rows.length} />
      <DataTable label={`Members of ${mesh.name}`} columns={columns} rows={rows} rowId={(row) => row.hostId} blocks />
    </section>
  )
}

const columns: readonly Column<MemberRow>[] = [
  { id: 'label', head: 'Member', cell: ({ label }) => label },
  {
    id: 'host',
    head: 'Host',
    cell: ({ hostId, name }) =>
      name === null ? (
        <span className="text-text-3">left the inventory</span>
      ) : (
        <LinkText href={`/hosts/${hostId}`} prefetch={false}>
          {name}
        </LinkText>
      ),
  },
  { id: 'outer', head: 'Outside', cell: ({ outer }) => outer },
  { id: 'inner', head: 'Inside', cell: ({ inner }) => inner },
  { id: 'drift', head: 'As it was left', cell: (row) => <Left row={row} />, inBlock: 'line' },
]

/** As many differences as a row tells by name. */
const MOST_NAMED = 3

function Left({ row: { hostId, name, drift } }: { row: MemberRow }) {
  if (name === null) return <span className="text-text-3">not known</span>
  if (drift.length === 0) return <span className="text-text-3">nothing was seen to differ</span>
  return (
    <>
      <StatusMark status="warn">{drift.length === 1 ? '1 difference' : `${drift.length} differences`}</StatusMark>{' '}
      <LinkText href={`/hosts/${hostId}`} prefetch={false} aria-label={`Put it right on ${name}`}>
        Put it right
      </LinkText>
      <ul className="mesh-drift">
        {drift.slice(0, MOST_NAMED).map(({ what, expected, seen }) => (
          <li key={`${what} ${seen}`}>
            <HostText text={what} max={120} />: was <HostText text={expected} max={80} />, is{' '}
            <HostText text={seen} max={80} />
          </li>
        ))}
        {drift.length > MOST_NAMED ? <li>and {drift.length - MOST_NAMED} more</li> : null}
      </ul>
    </>
  )
}
