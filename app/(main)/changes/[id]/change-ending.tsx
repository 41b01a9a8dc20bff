import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { type Ending, OutcomeNote } from '@/components/change/outcome-note'
import { Note } from '@/components/show/finding'
import type { ChangeView } from '@/lib/changes/get-change'
import { nameList } from '@/lib/inventory/name-list'
import { LookAtLock } from '../../hosts/host-lock'
import { outcomeStatus } from '../change-words'

/** How the change ended, or why it waits: what, on which hosts, what now. */
export function ChangeEnding({
  change,
  mayLook,
  mayBreak,
}: {
  change: ChangeView
  mayLook: boolean
  mayBreak: boolean
}) {
  if (change.state === 'stale') return <Stale change={change} />
  if (change.state !== 'ended' || !change.outcome) return null
  const ending = endingOf(change.outcome)
  return (
    <div className="mb-5">
      {ending ? (
        <OutcomeNote ending={ending} title={titleOf(change)} live>
          <Told change={change} />
          {change.detail ? <p className="mt-2">{change.detail}</p> : null}
          <Next change={change} />
          <LookAgain change={change} />
        </OutcomeNote>
      ) : (
        <Note status="info" title={noteTitles[change.outcome] ?? 'Ended'} live>
          {change.detail}
        </Note>
      )}
      {mayLook && change.outcome === 'not-started'
        ? change.lockedHosts.map((host) => <LookAtLock key={host.id} host={host} mayBreak={mayBreak} />)
        : null}
    </div>
  )
}

/** Where its wizard goes on from what stands now. */
function Next({ change }: { change: ChangeView }) {
  const isStanding = change.outcome === 'applied' && !change.revertedById && change.revertsId === null
  if (!change.plan.next || !isStanding) return null
  // All that it was planned for: what comes next is for those, too, on which nothing was left to do.
  const query = new URLSearchParams([
    ...Object.keys(change.hostNames).map((id) => ['hosts', id]),
    ...Object.entries(change.plan.next.params ?? {}),
  ])
  return (
    <p className="mt-2">
      Go on: <LinkText href={`/wizards/${change.agentId}?${query}`}>{change.plan.next.title}</LinkText>
    </p>
  )
}

/** Where it is seen what came of it, once there is evidence. */
function LookAgain({ change }: { change: ChangeView }) {
  const { agentId, outcome, revertedById, revertsId, hosts, isLookedAtAgain } = change
  if (!isLookedAtAgain || outcome !== 'applied' || revertedById || revertsId !== null) return null
  return hosts.map(({ hostId, name }) => (
    <p key={hostId} className="mt-2">
      A day after it is looked at again:{' '}
      <LinkText href={`/hosts/${hostId}/${agentId}`}>what came of it on {name}</LinkText>
    </p>
  ))
}

const noteTitles: Readonly<Record<string, string>> = {
  'not-started': 'Nothing was touched',
  cancelled: 'Dropped before it began',
  expired: 'The approval had expired',
}

const endings: readonly Ending[] = [
  'applied',
  'applied-unverified',
  'reverted',
  'foreign-edit-kept',
  'split',
  'undo-failed',
]

function endingOf(outcome: string): Ending | undefined {
  return endings.find((ending) => ending === outcome)
}

function titleOf(change: ChangeView): string | undefined {
  if (change.outcome !== 'applied' || !change.startedAt || !change.endedAt) return undefined
  const seconds = (change.endedAt.getTime() - change.startedAt.getTime()) / 1000
  return `Done and proved in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
}

function Told({ change }: { change: ChangeView }) {
  const seen = change.proofs.filter((proof) => proof.verdict === 'yes').length
  const hosts = nameList(
    change.hosts.map((host) => host.name),
    12,
  )
  switch (change.outcome) {
    case 'applied':
      return (
        <>
          {seen} of {change.proofs.length} checks on {hosts}.
          {change.revertedById ? (
            <>
              {' '}
              It was taken back by <LinkText href={`/changes/${change.revertedById}`}>#{change.revertedById}</LinkText>.
            </>
          ) : null}
        </>
      )
    case 'applied-unverified':
      return <>The steps are done on {hosts}, and not every check could be read. Look at the proof below.</>
    case 'reverted':
      return <>{hosts} undid it and checked that all is as before. The journal says why.</>
    case 'foreign-edit-kept':
      return (
        <>What somebody else wrote meanwhile was not overwritten. The journal names the file; the rest is as before.</>
      )
    case 'split':
      return (
        <>
          {change.hosts.map((host) => `${host.name}: ${endedWord(host.outcome)}`).join('; ')}. Both ways out are changes
          of their own, planned on what stands now: finish forward where it is missing, or take it back where it stands.
        </>
      )
    default:
      return <UndoFailed hosts={change.hosts.filter((host) => host.outcome === 'undo-failed')} />
  }
}

function endedWord(outcome: string | null): string {
  return outcome ? outcomeStatus(outcome).word.toLowerCase() : 'not known'
}

/** Only the hosts that need somebody, each with what takes it back by hand. */
function UndoFailed({ hosts }: { hosts: ChangeView['hosts'] }) {
  return (
    <>
      Not everything could be taken back. The journal says what; once that is mended, this takes the rest back:
      <ul className="mt-2">
        {hosts.map((host) => (
          <li key={host.hostId}>
            {host.name}:{' '}
            {host.directory ? (
              <span className="mono inline-block">sh {host.directory}/undo</span>
            ) : (
              'nothing of it lies there any more'
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Stale({ change }: { change: ChangeView }) {
  return (
    <div className="mb-5">
      <OutcomeNote ending="stale-plan" live>
        Nothing was touched. Since the plan was made, this reads otherwise. Below stands how the new plan differs.
        <ul className="mt-2">
          {change.changed.map((item) => (
            <li key={`${item.hostName} ${item.name}`}>
              {item.hostName}, {item.name}: was{' '}
              <span className="mono">
                <HostText text={item.before ?? 'not there'} max={120} />
              </span>
              , is now{' '}
              <span className="mono">
                <HostText text={item.now ?? 'not there'} max={120} />
              </span>
            </li>
          ))}
        </ul>
      </OutcomeNote>
    </div>
  )
}
