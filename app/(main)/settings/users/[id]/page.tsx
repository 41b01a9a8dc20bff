import { notFound } from 'next/navigation'
import { LinkText } from '@/components/base/link-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { type ApiTokenRow, listApiTokensOf } from '@/lib/users/list-api-tokens'
import { listSessionsOf, type SessionRow } from '@/lib/users/list-sessions'
import { listUsers, type UserRow } from '@/lib/users/list-users'
import { TokensTable } from '../../tokens/tokens-table'
import { HostTagsForm } from './host-tags-form'
import { RemoveUser } from './remove-user'
import { ResetLink } from './reset-link'
import { RoleForm } from './role-form'
import { TakeSecondFactor } from './take-second-factor'
import { UserSessions } from './user-sessions'

export const metadata = { title: 'User' }

/** One user: the role, a way back in, and the end of the account. */
export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await pageCtx('manage users')
  const { id } = await params
  const user = (await listUsers(ctx)).users.find((row) => row.id === id)
  if (!user) notFound()
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Settings', href: '/settings' },
          { label: 'Users', href: '/settings/users' },
          { label: user.name },
        ]}
        title={user.name}
      >
        {user.email}, {user.role}. {sessionsOf(user)}
      </PageHead>
      {user.id === ctx.actor.id ? (
        <ThisIsYou />
      ) : (
        <Deeds user={user} sessions={await listSessionsOf(ctx, user.id)} tokens={await listApiTokensOf(ctx, user.id)} />
      )}
      <KeysBar keys={[{ keys: ['G', 'S'], does: 'settings' }]} />
    </>
  )
}

function ThisIsYou() {
  return (
    <p className="max-w-text">
      This is you. Name, password and sessions are under <LinkText href="/settings">You</LinkText>; your role is changed
      by another admin.
    </p>
  )
}

function Deeds({
  user,
  sessions,
  tokens,
}: {
  user: UserRow
  sessions: readonly SessionRow[]
  tokens: readonly ApiTokenRow[]
}) {
  return (
    <div className="grid gap-8">
      <section>
        <SectionHead title={`What ${user.name} may do`} ruled />
        <RoleForm userId={user.id} name={user.name} role={user.role} />
        {user.role === 'operator' ? (
          <div className="mt-6">
            <HostTagsForm userId={user.id} name={user.name} tags={user.hostTags} />
          </div>
        ) : null}
      </section>
      <section>
        <SectionHead title="Sessions" ruled />
        <UserSessions userId={user.id} name={user.name} sessions={sessions} />
      </section>
      {tokens.length > 0 ? (
        <section>
          <SectionHead title="API tokens" />
          <TokensTable tokens={tokens} />
        </section>
      ) : null}
      <section>
        <SectionHead title="Second factor" ruled />
        <TakeSecondFactor userId={user.id} name={user.name} since={user.secondFactorAt?.getTime() ?? null} />
      </section>
      <section>
        <SectionHead title="Lost password" ruled />
        <ResetLink userId={user.id} name={user.name} />
      </section>
      <section>
        <SectionHead title="End of the account" ruled />
        <p className="mb-3 max-w-text text-text-2">
          Sessions, API tokens, drafts and open links go at once. What {user.name} did stays in the record.
        </p>
        <RemoveUser userId={user.id} name={user.name} />
      </section>
    </div>
  )
}

function sessionsOf({ sessions }: UserRow): string {
  if (sessions === 0) return 'Signed in nowhere.'
  return sessions === 1 ? 'Signed in once.' : `Signed in ${sessions} times.`
}
