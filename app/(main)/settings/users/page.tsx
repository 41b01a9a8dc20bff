import { RelativeTime } from '@/components/base/relative-time'
import { Tag } from '@/components/base/tag'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { type Column, DataTable } from '@/components/table/data-table'
import { pageCtx } from '@/lib/action'
import { listUsers, type OpenInvite, type UserRow } from '@/lib/users/list-users'
import { CancelInvite } from './cancel-invite-button'
import { InviteForm } from './invite-form'
import { RequireSecondFactor } from './require-second-factor'

export const metadata = { title: 'Users' }

/** Who can sign in and as what, who is invited, and the way to invite others. */
export default async function UsersPage() {
  const ctx = await pageCtx('manage users')
  const { users, invites, isSecondFactorRequired } = await listUsers(ctx)
  const admins = users.filter((user) => user.role === 'admin').length
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'Users' }]}
        title={users.length === 1 ? 'You are the only user' : `${users.length} users`}
      >
        {adminsSentence(users.length, admins)}
      </PageHead>
      <DataTable
        label="Users"
        columns={userColumns(ctx.actor.id)}
        rows={users}
        rowId={(row) => row.id}
        rowHref={(row) => `/settings/users/${row.id}`}
      />
      {invites.length > 0 ? (
        <section className="mt-8">
          <SectionHead title="Open invitations" />
          <DataTable label="Open invitations" columns={inviteColumns} rows={invites} rowId={(row) => row.id} />
        </section>
      ) : null}
      <section className="mt-8">
        <SectionHead title="Invite somebody" note="there is no open sign-up" ruled />
        <InviteForm />
      </section>
      <section className="mt-8">
        <SectionHead title="Second factor" ruled />
        <RequireSecondFactor
          isRequired={isSecondFactorRequired}
          without={users.filter((user) => user.secondFactorAt === null).length}
        />
      </section>
      <KeysBar keys={rowKeyHints} />
    </>
  )
}

function adminsSentence(users: number, admins: number): string {
  if (admins > 1) return `${admins} of them are admins.`
  const whose = users === 1 ? 'You are admin.' : 'One of them is admin.'
  return `${whose} A second admin could mend what the first can’t reach.`
}

function userColumns(ownId: string): readonly Column<UserRow>[] {
  return [
    {
      id: 'name',
      head: 'Name',
      cell: (row) => (
        <>
          {row.name} {row.id === ownId ? <Tag>you</Tag> : null}
        </>
      ),
    },
    { id: 'role', head: 'Role', cell: (row) => row.role },
    { id: 'email', head: 'E-mail', cell: (row) => row.email },
    {
      id: 'factor',
      head: 'Second factor',
      hideOnPhone: true,
      cell: (row) => (row.secondFactorAt ? 'yes' : 'none'),
    },
    { id: 'sessions', head: 'Sessions', number: true, hideOnPhone: true, cell: (row) => row.sessions },
    {
      id: 'since',
      head: 'User since',
      number: true,
      hideOnPhone: true,
      cell: (row) => <RelativeTime at={row.createdAt.getTime()} still />,
    },
  ]
}

const inviteColumns: readonly Column<OpenInvite>[] = [
  { id: 'email', head: 'E-mail', cell: (row) => row.email },
  { id: 'role', head: 'Role', cell: (row) => row.role },
  { id: 'by', head: 'Invited by', hideOnPhone: true, cell: (row) => row.invitedBy ?? 'somebody who is gone' },
  { id: 'ends', head: 'Ends', cell: (row) => <RelativeTime at={row.expiresAt.getTime()} still /> },
  {
    id: 'cancel',
    head: <span className="sr-only">What can be done</span>,
    number: true,
    cell: (row) => <CancelInvite inviteId={row.id} email={row.email} />,
  },
]
