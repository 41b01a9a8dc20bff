import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { type Column, DataTable } from '@/components/table/data-table'
import { verdictStatus } from './[tag]/mesh-words'
import { meshHref } from './mesh-links'
import type { MeshRow } from './meshes-words'

/** The list of meshes. */
export function MeshesTable({ rows }: { rows: readonly MeshRow[] }) {
  return (
    <DataTable
      label="Meshes"
      columns={columns}
      rows={rows}
      rowId={({ mesh }) => mesh.tag}
      rowHref={({ mesh }) => meshHref(mesh.tag)}
      blocks
    />
  )
}

const columns: readonly Column<MeshRow>[] = [
  { id: 'name', head: 'Mesh', cell: ({ mesh }) => <HostText text={mesh.name} max={60} />, inBlock: 'line' },
  { id: 'tag', head: 'Short name', cell: ({ mesh }) => mesh.tag },
  { id: 'members', head: 'Members', number: true, cell: ({ mesh }) => mesh.members.length },
  { id: 'pairs', head: 'Pairs', number: true, cell: ({ pairs }) => pairs.toLocaleString('en') },
  { id: 'net', head: 'Net inside', cell: ({ mesh }) => mesh.prefix },
  { id: 'profile', head: 'Profile', cell: ({ mesh }) => mesh.profile },
  { id: 'seen', head: 'Seen last', cell: Seen, inBlock: 'line' },
  {
    id: 'change',
    head: 'Last change',
    number: true,
    cell: ({ mesh }) => (
      <LinkText href={`/changes/${mesh.changeId}`}>
        #{mesh.changeId}, <RelativeTime at={mesh.at} short still />
      </LinkText>
    ),
  },
]

function Seen({ seen }: MeshRow) {
  if (!seen) return <StatusMark status="unknown">not looked at yet</StatusMark>
  return (
    <>
      <StatusMark status={verdictStatus[seen.worst]}>{seen.words}</StatusMark>{' '}
      <small className="text-12 text-text-3">
        <RelativeTime at={seen.at} still />
      </small>
    </>
  )
}
