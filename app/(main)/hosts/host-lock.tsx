'use client'

import { HostText } from '@/components/base/host-text'
import { SubmitButton } from '@/components/base/submit-button'
import { AskFirst } from '@/components/overlay/ask-first'
import { Note } from '@/components/show/finding'
import type { ShownFootprint } from '@/lib/changes/read-footprint'
import { useFootprint } from './use-footprint'

/** A host's lock as it is now: whose, since when, whether its change still works; an admin breaks a stale one. */
export function HostLockNote({
  name,
  found,
  mayBreak,
  breakLock,
}: {
  name: string
  found: ShownFootprint
  mayBreak: boolean
  breakLock: (owner: string) => Promise<string | null>
}) {
  const { lock, lockSentence, isLockBreakable } = found
  if (!lock || !lockSentence)
    return (
      <Note status="ok" title={`${name} is not locked`} live>
        A change can begin there.
      </Note>
    )
  const folder = lock.owner.split(' ')[0]
  return (
    <Note status={isLockBreakable ? 'warn' : 'info'} title={<HostText text={lockSentence} max={400} />} live>
      {isLockBreakable ? (
        <>
          <p className="mb-2">
            {mayBreak
              ? 'Nobody works under it any more, and nothing on the host is half-changed by breaking it.'
              : 'Nobody works under it any more. An admin can break it.'}
          </p>
          {mayBreak ? (
            <AskFirst
              trigger="Break the lock"
              title={`Break the lock of ${name}?`}
              confirm={`Break the lock of ${name}`}
              keep="Leave it"
              action={() => breakLock(lock.owner)}
            >
              <HostText text={lockSentence} max={400} /> What was brought for it and never started goes with it. If
              another dashboard still means to start that change, it finds nothing there and begins anew.
            </AskFirst>
          ) : null}
        </>
      ) : lock.state === 'no-owner' ? (
        <p>Somebody may be taking it in this moment. Look again in a minute.</p>
      ) : (
        <p>
          Breaking it now could leave {name} half-changed. Let the change end, or take it back on the host:{' '}
          <span className="mono">
            <HostText text={`sh ${lock.root}/changes/${folder}/undo`} max={200} />
          </span>
        </p>
      )}
    </Note>
  )
}

/** Looks at a host's lock when it is asked to, where a change met one. */
export function LookAtLock({ host, mayBreak }: { host: { id: string; name: string }; mayBreak: boolean }) {
  const footprint = useFootprint(host.id)
  return (
    <div className="mt-2 grid gap-2">
      <form action={footprint.look}>
        <SubmitButton pending={footprint.isPending} pendingText={`Looking at ${host.name}`}>
          Look at the lock of {host.name} now
        </SubmitButton>
      </form>
      {footprint.problem ? (
        <Note status="bad" title={`${host.name} could not be asked`} live>
          {footprint.problem}
        </Note>
      ) : null}
      {footprint.found ? (
        <HostLockNote name={host.name} found={footprint.found} mayBreak={mayBreak} breakLock={footprint.breakLock} />
      ) : null}
    </div>
  )
}
