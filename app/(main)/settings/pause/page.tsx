import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { pageCtx } from '@/lib/action'
import { getPause, type OpenChange } from '@/lib/pause/get-pause'
import { ResumeButton } from './resume-button'

export const metadata = { title: 'Restored store' }

const crumbs = [{ label: 'Settings', href: '/settings' }, { label: 'Restored store' }]

/** What a restored Pollux would do when it is resumed, and the button that resumes it. */
export default async function PausePage() {
  const ctx = await pageCtx('edit settings')
  const found = await getPause(ctx)
  if (found === null)
    return (
      <>
        <PageHead crumbs={crumbs} title="Restored store" />
        <EmptyState title="Pollux is not paused">A store that was restored from a backup starts paused.</EmptyState>
        <KeysBar keys={[]} />
      </>
    )
  return (
    <>
      <PageHead crumbs={crumbs} title="Resume the restored store">
        Restored <RelativeTime at={Date.parse(found.paused.at)} />, from a backup of{' '}
        <RelativeTime at={Date.parse(found.paused.backupAt)} />. What happened on the hosts in between is not in it.
      </PageHead>
      <section>
        <SectionHead title="Before you resume" ruled />
        <ul className="list-disc pl-5">
          <li>
            Is the other Pollux ended? Two of the same name on the same hosts would take each other for themselves.
          </li>
          <li>Users, roles and credentials are as they were then: who was removed since is back.</li>
          {found.open.length === 0 ? null : (
            <li>The changes below were approved before the backup, and may have been applied since.</li>
          )}
        </ul>
      </section>
      <section className="mt-8">
        <SectionHead
          title="Changes that were open"
          note={
            found.open.length === 0
              ? undefined
              : 'approved ones ask for a new approval; running ones are looked at on their hosts'
          }
        />
        {found.open.length === 0 ? (
          <p>None was approved or running when the backup was made.</p>
        ) : (
          <DataTable
            label="Open changes"
            columns={columns}
            rows={found.open}
            rowId={(row) => String(row.id)}
            rowHref={(row) => `/changes/${row.id}`}
          />
        )}
      </section>
      <ResumeButton />
      <KeysBar keys={found.open.length === 0 ? [] : rowKeyHints} />
    </>
  )
}

const columns: readonly Column<OpenChange>[] = [
  {
    id: 'change',
    head: 'Change',
    cell: (row) => (
      <>
        #{row.id} <HostText text={row.title} max={80} />
      </>
    ),
  },
  { id: 'state', head: 'Was', cell: (row) => (row.state === 'applying' ? 'running' : row.state) },
  { id: 'hosts', head: 'Hosts', hideOnPhone: true, cell: (row) => <HostText text={row.hosts.join(', ')} max={80} /> },
  {
    id: 'approved',
    head: 'Approved',
    cell: (row) => (row.approvedAt ? <RelativeTime at={row.approvedAt.getTime()} still /> : 'no'),
  },
]
