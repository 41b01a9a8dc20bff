import type { ReactNode } from 'react'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { Board } from '@/components/change/board'
import { Guard } from '@/components/change/guard'
import { Proof } from '@/components/change/proof'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { shortDigest } from '@/lib/changes/digest'
import { type ChangeView, getChange } from '@/lib/changes/get-change'
import { readJournalEnd } from '@/lib/changes/read-journal'
import { findSpan } from '@/lib/changes/when'
import { NotYours } from '../../hosts/[id]/host-notes'
import { changeStatus, phaseCell } from '../change-words'
import { PlanFiles, PlanFindings, PlanInputs, PlanSteps } from '../plan-parts'
import { ApproveSection, isUndecided } from './approve-section'
import { ChangeActions, UndoSection } from './change-actions'
import { ChangeButton } from './change-button'
import { ChangeEnding } from './change-ending'
import { DifferenceSection } from './difference-section'
import { HostOfPlan } from './host-choice'
import { LiveJournal } from './live-journal'
import { countSeen, proofItems } from './proof-items'
import { shownPart } from './shown-host'
import { Waiting } from './waiting'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<Params>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Change #${(await params).id}` }
}

export default async function ChangePage({ params, searchParams }: Props) {
  const ctx = await pageCtx('read changes')
  const changeId = Number((await params).id)
  const change = await getChange(ctx, changeId)
  const journal = await readJournalEnd(ctx, changeId)
  const query = await searchParams
  const path = `/changes/${change.id}`
  const part = shownPart(change, query)
  const shown = part.change
  const names = part.hostId === null ? change.hostNames : { [part.hostId]: change.hostNames[part.hostId] ?? '' }
  const isYours = change.scopeRefusal === null
  const mayDecide = isYours && can(ctx.actor, 'approve a change')
  const isBegun = journal.lines.length > 0
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Changes', href: '/changes' }, { label: `#${change.id}` }]}
        title={change.title}
        marks={<ChangeMark change={change} />}
        age={<Age change={change} />}
        actions={mayDecide ? <ChangeActions change={change} /> : undefined}
      >
        <Asked change={change} />
      </PageHead>
      {change.scopeRefusal ? (
        <div className="mb-5">
          <NotYours>{change.scopeRefusal}</NotYours>
        </div>
      ) : null}
      <ChangeEnding
        change={change}
        mayLook={isYours && can(ctx.actor, 'read facts anew')}
        mayBreak={can(ctx.actor, 'break a lock')}
      />
      <Waiting change={change} />
      {mayDecide && isUndecided(change) ? (
        <ApproveSection change={change} window={await findSpan(change.hosts.map((host) => host.hostId))} />
      ) : null}
      <GuardOf change={change} mayDecide={mayDecide} />
      {isBegun ? <Progress change={change} /> : null}
      {isBegun ? <HostOfPlan part={part} path={path} params={query} /> : null}
      {isBegun ? (
        <div className="change-cols">
          <LiveJournal
            // A newer approval starts a new journal part; the stream follows the state.
            key={change.state === 'ended' ? 'ended' : 'open'}
            changeId={change.id}
            first={journal}
            hosts={change.hosts.map((host) => host.name)}
          />
          <section aria-label="Proof">
            <SectionHead title="Proof" note={countSeen(change.proofs)} />
            <Proof items={proofItems(change, shown.proofs)} />
          </section>
        </div>
      ) : null}
      {isBegun ? null : <PlanFindings plan={change.plan} names={change.hostNames} />}
      {isBegun ? null : <HostOfPlan part={part} path={path} params={query} />}
      {shown.difference ? <DifferenceSection change={shown} params={query} /> : null}
      <MaybeFolded isFolded={change.difference !== null}>
        <PlanSteps plan={shown.plan} names={names} hosts={isBegun ? shown.hosts : undefined} />
        <PlanFiles plan={shown.plan} names={names} path={path} params={query} />
        <PlanInputs plan={shown.plan} names={names} />
        {isBegun ? null : (
          <section className="mb-6" aria-label="Proof">
            <SectionHead title="Proof" note="what must be seen afterwards, else all is taken back" />
            <Proof items={proofItems(change, shown.proofs)} />
          </section>
        )}
      </MaybeFolded>
      <UndoSection change={change} mayRevert={isYours && can(ctx.actor, 'revert a change')} />
      <KeysBar
        keys={[
          { keys: ['F'], does: 'follow the journal' },
          { keys: ['G', 'C'], does: 'all changes' },
        ]}
      />
    </>
  )
}

/** A stale change asks about what differs; the whole new plan is one press away. */
function MaybeFolded({ isFolded, children }: { isFolded: boolean; children: ReactNode }) {
  if (!isFolded) return children
  return (
    <details className="opened mb-6">
      <summary className="mb-4">The whole new plan</summary>
      {children}
    </details>
  )
}

function ChangeMark({ change }: { change: ChangeView }) {
  const { status, word } = changeStatus(change)
  return <StatusMark status={status}>{word}</StatusMark>
}

function Age({ change }: { change: ChangeView }) {
  if (change.endedAt)
    return (
      <span>
        Ended <RelativeTime at={change.endedAt.getTime()} />
      </span>
    )
  if (change.startedAt)
    return (
      <span>
        Started <RelativeTime at={change.startedAt.getTime()} />
      </span>
    )
  return (
    <span>
      Planned <RelativeTime at={change.askedAt.getTime()} />
    </span>
  )
}

function Asked({ change }: { change: ChangeView }) {
  const hosts = change.hosts.length
  const steps = change.hosts.reduce((sum, host) => sum + host.steps.length, 0)
  const checks = change.proofs.length
  return (
    <>
      Asked by {change.askedBy}
      {change.approvedBy ? `, approved by ${change.approvedBy}` : ''}.
      {change.canary && !isUndecided(change) ? ` ${change.canary} goes first.` : ''} {hosts}{' '}
      {hosts === 1 ? 'host' : 'hosts'}, {steps} {steps === 1 ? 'step' : 'steps'}, {checks}{' '}
      {checks === 1 ? 'check' : 'checks'}. Plan <span className="mono">{shortDigest(change.digest)}</span>
    </>
  )
}

const howToConfirm =
  'Only a connection that your browser opens from now on confirms it. If you come through an SSH tunnel or a proxy, open that anew first: Pollux sees only its last stretch.'

/** While hosts may still take it back by themselves: how long until they do. */
function GuardOf({ change, mayDecide }: { change: ChangeView; mayDecide: boolean }) {
  const waiting = change.hosts.filter((host) => host.deadline && host.state === 'running')
  const deadlines = waiting.flatMap((host) => (host.deadline ? [host.deadline] : []))
  const [first] = deadlines.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  if (change.state !== 'applying' || !first) return null
  return (
    <Guard
      key={first.at.getTime()}
      leftS={Math.max(0, Math.round((first.at.getTime() - Date.now()) / 1000))}
      totalS={first.seconds}
      hosts={waiting.map((host) => host.name)}
      why={change.needsPerson ? `${change.needsPerson} ${howToConfirm}` : change.plan.guard?.why}
      more={
        mayDecide ? (
          <>
            <ChangeButton deed="more-time" changeId={change.id}>
              Give 2 more minutes
            </ChangeButton>
            {change.needsPerson ? (
              <ChangeButton deed="keep" changeId={change.id} kind="primary">
                I still reach it: keep the change
              </ChangeButton>
            ) : null}
          </>
        ) : null
      }
    />
  )
}

function Progress({ change }: { change: ChangeView }) {
  const phases = change.plan.phases.map((phase, at) => ({
    number: at + 1,
    title: phase.title,
    note: phase.note,
    isNow: change.hosts.some((host) => phaseCell(host, phase.id).status === 'running'),
  }))
  const hosts = change.hosts.map((host) => ({
    id: host.hostId,
    name: host.name,
    isDone: host.state === 'ended',
    cells: change.plan.phases.map((phase) => phaseCell(host, phase.id)),
  }))
  const told = change.hosts.filter((host) => host.detail)
  if (phases.length * hosts.length <= 1 && told.length === 0) return null
  return (
    <section className="mb-6" aria-label="Progress">
      {/* one host in one phase: its steps' marks say the same */}
      {phases.length * hosts.length > 1 ? <Board phases={phases} hosts={hosts} /> : null}
      {told.map((host) => (
        <p key={host.hostId} className="text-text-2 mt-2">
          {host.name}: {host.detail}
        </p>
      ))}
    </section>
  )
}
