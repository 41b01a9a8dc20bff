import { headers } from 'next/headers'
import { RelativeTime } from '@/components/base/relative-time'
import { Tag } from '@/components/base/tag'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { ThemeChoice } from '@/components/frame/theme'
import { type Column, DataTable } from '@/components/table/data-table'
import { pageCtx } from '@/lib/action'
import { browserName } from '@/lib/users/browser-name'
import { listOwnSessions, type OwnSession } from '@/lib/users/list-sessions'
import { ownSecondFactor } from '@/lib/users/second-factor-state'
import { EndSession } from './end-session'
import { PasswordForm } from './password-form'
import { RenameSelfForm } from './rename-self-form'
import { SecondFactorSection } from './second-factor-section'

export const metadata = { title: 'You' }

/** One's own account: name, password, theme, and where one is signed in. */
export default async function YouPage() {
  const ctx = await pageCtx()
  const [sessions, secondFactor] = await Promise.all([listOwnSessions(ctx, await headers()), ownSecondFactor(ctx)])
  return (
    <>
      <PageHead crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'You' }]} title={ctx.actor.name}>
        Your role is {ctx.actor.role}. {sessionsSentence(sessions.length)}
      </PageHead>
      <div className="grid gap-8 l:grid-cols-2">
        <section>
          <SectionHead title="Your name" ruled />
          <RenameSelfForm name={ctx.actor.name} />
          <div className="mt-8">
            <SectionHead title="How Pollux looks" note="kept in this browser" ruled />
            <ThemeChoice />
          </div>
        </section>
        <section>
          <SectionHead title="Password" ruled />
          <PasswordForm />
          <div className="mt-8">
            <SecondFactorSection state={secondFactor} />
          </div>
        </section>
      </div>
      <section className="mt-8">
        <SectionHead title="Sessions" note="a session ends by itself seven days after its last day of use" />
        <DataTable label="Sessions" columns={columns} rows={sessions} rowId={(row) => row.id} />
      </section>
      <KeysBar keys={[{ keys: ['J', 'K'], does: 'move' }]} />
    </>
  )
}

const columns: readonly Column<OwnSession>[] = [
  {
    id: 'browser',
    head: 'Browser',
    cell: (row) => (
      <span title={row.userAgent}>
        {browserName(row.userAgent)} {row.isThis ? <Tag>this one</Tag> : null}
      </span>
    ),
  },
  { id: 'since', head: 'Signed in', cell: (row) => <RelativeTime at={row.signedInAt.getTime()} still /> },
  { id: 'ends', head: 'Ends', hideOnPhone: true, cell: (row) => <RelativeTime at={row.endsAt.getTime()} still /> },
  {
    id: 'end',
    head: <span className="sr-only">What can be done</span>,
    number: true,
    cell: (row) => (row.isThis ? null : <EndSession sessionId={row.id} browser={browserName(row.userAgent)} />),
  },
]

function sessionsSentence(count: number): string {
  return count === 1 ? 'You are signed in here alone.' : `You are signed in ${count} times.`
}
