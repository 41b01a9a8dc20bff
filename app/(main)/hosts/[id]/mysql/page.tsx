import { EVIDENCE_S, spanText } from '@/agents/mysql/look-again/view'
import { ButtonLink } from '@/components/base/button'
import { ExactTime } from '@/components/base/exact-time'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { PageHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import type { Params } from '@/components/table/sort'
import { can } from '@/lib/auth/rights'
import { hostOf } from '../host-of'
import { CompareSection } from './compare-section'
import { CourseSection } from './course-section'
import { NextSection } from './next-section'
import { type MysqlOfHost, readMysql } from './read-mysql'
import { RowsTable } from './rows-table'

export const metadata = { title: 'MySQL on a host' }

/** What a tuning brought: the answer first, then before and after, the course, and the next step. */
export default async function HostMysqlPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: Promise<Params>
}) {
  const { ctx, host, notYours } = await hostOf((await params).id)
  const query = await searchParams
  const of = await readMysql(ctx, host, one(query['server']))
  const mayPlan = notYours === null && can(ctx.actor, 'plan a change')
  const wizard = `/wizards/mysql?hosts=${encodeURIComponent(host.id)}${of.server ? `&server=${encodeURIComponent(of.server)}` : ''}`
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Hosts', href: '/hosts' },
          { label: host.name, href: `/hosts/${host.id}` },
          { label: 'MySQL' },
        ]}
        age={
          of.read ? (
            <span>
              Read <RelativeTime at={of.read.at} />
            </span>
          ) : null
        }
        title={titleOf(of)}
        actions={mayPlan ? <ButtonLink href={wizard}>Tune it</ButtonLink> : null}
      >
        <Sentence of={of} />
      </PageHead>
      <Servers of={of} />
      {of.tuning ? (
        <>
          {of.tuning.look.rows.length > 0 ? <RowsTable rows={of.tuning.look.rows} /> : null}
          <CourseSection samples={of.samples} tuning={of.tuning} />
          {of.tuning.next ? <NextSection next={of.tuning.next} wizard={mayPlan ? wizard : null} /> : null}
        </>
      ) : (
        <EmptyState
          title={`Pollux tuned no server ${of.server ? 'here' : `on ${host.name}`} that stands`}
          actions={
            mayPlan ? (
              <ButtonLink href={wizard} kind="primary">
                Tune it
              </ButtonLink>
            ) : null
          }
        >
          Once it did, this page says after {spanText(EVIDENCE_S)} of counting what came of it.
        </EmptyState>
      )}
      <CompareSection ctx={ctx} of={of} withHost={one(query['with'])} withServer={one(query['withServer'])} />
    </>
  )
}

function titleOf({ tuning, host }: MysqlOfHost): string {
  return tuning ? tuning.look.title : `MySQL on ${host.name}`
}

function Sentence({ of }: { of: MysqlOfHost }) {
  const { tuning, server } = of
  const asked = askedText(of)
  if (!tuning)
    return server ? <HostText text={`The server in ${server}.${asked}`} max={300} /> : 'No server of it was read yet.'
  return (
    <>
      {tuning.look.evidence} <LinkText href={`/changes/${tuning.changeId}`}>Change #{tuning.changeId}</LinkText>,{' '}
      <ExactTime at={tuning.startedAt} />, of the server in <HostText text={tuning.server} max={200} />.
      <HostText text={asked} max={100} />
    </>
  )
}

/** By which account the server was asked last. */
function askedText({ read, server }: MysqlOfHost): string {
  const found = read?.facts.servers.find(({ key }) => key === server)
  if (found?.said.state !== 'read') return ''
  const { account, accountFile } = found.said.value
  return accountFile ? ` Asked as ${account}, an account of Pollux’s own.` : ` Asked as ${account}.`
}

/** Where a host has several servers, each has its own page. */
function Servers({ of: { servers, server, host } }: { of: MysqlOfHost }) {
  if (servers.length < 2) return null
  return (
    <nav className="mb-5 flex flex-wrap gap-3" aria-label="Servers of this host">
      {servers.map((key) => (
        <LinkText
          key={key}
          href={`/hosts/${host.id}/mysql?server=${encodeURIComponent(key)}`}
          aria-current={key === server ? 'page' : undefined}
        >
          {key}
        </LinkText>
      ))}
    </nav>
  )
}

function one(value: Params[string]): string | null {
  return typeof value === 'string' ? value : (value?.[0] ?? null)
}
