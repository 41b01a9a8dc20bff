import { ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { Undo } from '@/components/change/undo'
import type { ChangeView } from '@/lib/changes/get-change'
import { ChangeButton } from './change-button'

/** What can be done with a change now. At most one primary button. */
export function ChangeActions({ change }: { change: ChangeView }) {
  return (
    <>
      <ButtonLink href={`/changes/${change.id}/script`}>Give me the script</ButtonLink>
      <Decisions change={change} />
    </>
  )
}

function Decisions({ change }: { change: ChangeView }) {
  const { id, digest, state } = change
  if (state === 'queued' || state === 'scheduled')
    return (
      <ChangeButton deed="drop" changeId={id}>
        {state === 'queued' ? 'Take it out of the queue' : 'Call it off'}
      </ChangeButton>
    )
  if (state === 'planned' || state === 'asked' || state === 'stale')
    return (
      <>
        <ChangeButton deed="drop" changeId={id}>
          Drop it
        </ChangeButton>
        {state === 'planned' ? (
          <ChangeButton deed="ask" changeId={id} kind={change.approvalRefusal ? 'primary' : undefined}>
            Ask for approval
          </ChangeButton>
        ) : null}
        {change.approvalRefusal ? null : (
          <ChangeButton deed="approve" changeId={id} digest={digest} kind="primary">
            {state === 'stale' ? 'Approve the new plan and apply' : 'Approve and apply'}
          </ChangeButton>
        )}
      </>
    )
  if (change.canStop)
    return (
      <ChangeButton deed="stop" changeId={id} kind="danger">
        Stop and undo {change.hosts.length === 1 ? change.hosts[0]?.name : `${change.hosts.length} hosts`}
      </ChangeButton>
    )
  if (change.outcome === 'split')
    return (
      <>
        <ChangeButton deed="revert" changeId={id} kind="danger">
          Take all back
        </ChangeButton>
        <ChangeButton deed="finish" changeId={id} kind="primary">
          Finish forward
        </ChangeButton>
      </>
    )
  return null
}

/** How the change is taken back: before, while and after it. */
export function UndoSection({ change, mayRevert }: { change: ChangeView; mayRevert: boolean }) {
  const host = change.hosts[0]
  const isApplied = change.outcome === 'applied' || change.outcome === 'applied-unverified'
  const isBegun = change.state === 'ended' && host?.startedAt && change.outcome !== 'not-started'
  return (
    <Undo
      action={
        isApplied && mayRevert && !change.revertRefusal ? (
          <ChangeButton deed="revert" changeId={change.id} kind="danger">
            Plan the revert of #{change.id}
          </ChangeButton>
        ) : undefined
      }
    >
      {isApplied && change.revertRefusal ? <p>{change.revertRefusal}</p> : null}
      {change.revertsId ? (
        <p>
          This takes back <LinkText href={`/changes/${change.revertsId}`}>#{change.revertsId}</LinkText>.
        </p>
      ) : null}
      {host?.directory && change.outcome !== 'not-started' ? (
        <p>
          {change.hosts.length === 1 ? host.name : 'Each host'} keeps its own copy for 30 days and can take the change
          back without Pollux: <span className="mono inline-block">sh {host.directory}/undo</span>
        </p>
      ) : isBegun ? (
        <p>Nothing of it lies on the host any more: it cannot be undone there by hand.</p>
      ) : (
        <p>
          Before the first write, copies of every file and an undo script lie on the host. If a step or a check fails,
          the host takes all back by itself, also without Pollux and without the network.
        </p>
      )}
    </Undo>
  )
}
