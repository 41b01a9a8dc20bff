import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark } from '@/components/base/status-mark'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { RowKeys } from '@/components/keys/row-keys'
import { EmptyState } from '@/components/show/empty-state'
import { Need, NeedGroup } from '@/components/show/need'
import { pageCtx } from '@/lib/action'
import type { Ctx } from '@/lib/auth/actor'
import { can } from '@/lib/auth/rights'
import { type ChangeRow, listChanges } from '@/lib/changes/list-changes'
import { listNeeds, type Today, type TodayNeed } from '@/lib/home/list-needs'
import { listHosts } from '@/lib/inventory/list-hosts'
import { changeStatus } from './changes/change-words'
import { HostsTable } from './hosts/hosts-table'

export const metadata = { title: 'Home' }

const groups: readonly { level: TodayNeed['level']; title: string; status: 'bad' | 'warn' | 'ask' | 'unknown' }[] = [
  { level: 'now', title: 'Now', status: 'bad' },
  { level: 'soon', title: 'Soon', status: 'warn' },
  { level: 'decide', title: 'Waiting for your decision', status: 'ask' },
  { level: 'not-known', title: 'Not known', status: 'unknown' },
]

/** What needs somebody today, the latest changes, and every host with how it is. */
export default async function HomePage() {
  const ctx = await pageCtx('read inventory')
  const today = await listNeeds(ctx)
  const firstHost = today.hosts === 0 ? <FirstHost mayAdd={can(ctx.actor, 'edit host identity')} /> : null
  // A catalog may be connected, and backups be late, before there is a host.
  if (firstHost && today.needs.length === 0)
    return (
      <>
        <PageHead title="Welcome to Pollux" />
        {firstHost}
        <KeysBar keys={[{ keys: ['G', 'H'], does: 'hosts' }]} />
      </>
    )
  return (
    <>
      <PageHead crumbs={[{ label: dayOf(new Date()) }]} age={<Age today={today} />} title={titleOf(today)}>
        {sentenceOf(today)}
      </PageHead>
      <div className="home-cols">
        <RowKeys>
          {today.needs.length === 0 ? (
            <EmptyState title="Nothing needs you">All hosts were read, and each is fine.</EmptyState>
          ) : (
            groups.map((group) => <Group key={group.level} {...group} needs={today.needs} />)
          )}
        </RowKeys>
        <LatestChanges ctx={ctx} />
      </div>
      {firstHost ?? <Hosts ctx={ctx} />}
      <KeysBar keys={[...rowKeyHints, { keys: ['G', 'H'], does: 'hosts' }]} />
    </>
  )
}

function Group({
  level,
  title,
  status,
  needs,
}: {
  level: TodayNeed['level']
  title: string
  status: 'bad' | 'warn' | 'ask' | 'unknown'
  needs: readonly TodayNeed[]
}) {
  const own = needs.filter((need) => need.level === level)
  if (own.length === 0) return null
  return (
    <NeedGroup title={title}>
      {own.map((need) => (
        <Need
          key={need.id}
          status={status}
          title={<HostText text={need.title} max={160} />}
          href={need.href}
          act={
            <ButtonLink sm href={need.href} aria-label={`${need.act}: ${need.title}`}>
              {need.act}
            </ButtonLink>
          }
        >
          <HostText text={need.evidence} max={300} />
        </Need>
      ))}
    </NeedGroup>
  )
}

async function LatestChanges({ ctx }: { ctx: Ctx }) {
  const { rows } = await listChanges(ctx, { pageSize: 6 })
  return (
    <aside>
      <SectionHead title="Latest changes" ruled right={<LinkText href="/changes">All</LinkText>} />
      {rows.length === 0 ? (
        <p className="text-text-2">
          None yet. <LinkText href="/wizards">Choose a wizard</LinkText>
        </p>
      ) : (
        <ul>
          {rows.map((row) => (
            <Latest key={row.id} row={row} />
          ))}
        </ul>
      )}
    </aside>
  )
}

function Latest({ row }: { row: ChangeRow }) {
  const { status, word } = changeStatus(row)
  return (
    <li className="home-change">
      <Mark status={status} />
      <span className="min-w-0">
        <LinkText href={`/changes/${row.id}`}>{row.title}</LinkText>
        <span className="home-change-note">
          #{row.id}, {word.toLowerCase()}; {row.askedBy}
        </span>
      </span>
      <span className="text-text-3">
        <RelativeTime at={row.askedAt.getTime()} short still />
      </span>
    </li>
  )
}

async function Hosts({ ctx }: { ctx: Ctx }) {
  const { rows, total } = await listHosts(ctx, { sort: { by: 'state', descending: false } })
  return (
    <section aria-label="Hosts">
      <SectionHead title="Hosts" note={String(total)} right={<LinkText href="/hosts">All hosts</LinkText>} />
      <HostsTable rows={rows.slice(0, 12)} sort={{ by: 'state', descending: false }} params={{}} mayRead={false} />
    </section>
  )
}

function FirstHost({ mayAdd }: { mayAdd: boolean }): ReactNode {
  return (
    <EmptyState
      title="No host yet"
      actions={
        mayAdd ? (
          <>
            <ButtonLink href="/hosts/new" kind="primary">
              Add a host
            </ButtonLink>
            <ButtonLink href="/hosts/many">Paste a list of hosts</ButtonLink>
          </>
        ) : undefined
      }
    >
      {mayAdd
        ? 'Add the first one: its address, how to enter it, and its key compared once. Then this page says what needs you.'
        : 'An admin adds the first one. Then this page says what needs you.'}
    </EmptyState>
  )
}

function Age({ today }: { today: Today }) {
  if (!today.oldestReading) return <span>No host was read yet</span>
  return (
    <span>
      All hosts read within <RelativeTime at={today.oldestReading.getTime()} short />
    </span>
  )
}

function titleOf({ needs }: Today): string {
  if (needs.length === 0) return 'Nothing needs you today'
  return needs.length === 1 ? '1 thing needs you today' : `${needs.length} things need you today`
}

function sentenceOf({ needs, hosts, fine }: Today): string {
  const now = needs.filter((need) => need.level === 'now').length
  const urgent = now === 0 ? 'None of them now.' : `${now} of them now.`
  if (needs.length === 0) return hosts === 1 ? 'The one host is fine.' : `All ${hosts} hosts are fine.`
  if (fine === 0) return urgent
  return `${urgent} ${fine === 1 ? 'One other host is' : `The other ${fine} hosts are`} fine.`
}

function dayOf(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(date)
}
