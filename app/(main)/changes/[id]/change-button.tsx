'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { useKeys } from '@/components/keys/use-keys'
import { Note } from '@/components/show/finding'
import {
  approveChangeAction,
  askForApprovalAction,
  dropChangeAction,
  finishChangeAction,
  giveMoreTimeAction,
  keepChangeAction,
  revertChangeAction,
  stopChangeAction,
} from '../actions'

export type ChangeDeed = 'approve' | 'ask' | 'drop' | 'stop' | 'revert' | 'more-time' | 'keep' | 'finish'

type Answer = { ok: true; data: unknown } | { ok: false; error: { message: string } }

function doIt(deed: ChangeDeed, changeId: number, digest: string): Promise<Answer> {
  switch (deed) {
    case 'approve':
      return approveChangeAction({ changeId, digest })
    case 'ask':
      return askForApprovalAction({ changeId })
    case 'drop':
      return dropChangeAction({ changeId })
    case 'stop':
      return stopChangeAction({ changeId })
    case 'more-time':
      return giveMoreTimeAction({ changeId, seconds: 120 })
    case 'keep':
      return keep(changeId)
    case 'finish':
      return finishChangeAction({ changeId })
    case 'revert':
      return revertChangeAction({ changeId })
  }
}

/** More than a browser keeps open to one server at once (six). */
const mostConnections = 8

// Each answer over an old connection closes it, so that the browser comes to a new one.
async function keep(changeId: number): Promise<Answer> {
  for (let tries = 0; tries < mostConnections; tries += 1) {
    const answer = await keepChangeAction({ changeId })
    if (!answer.ok || answer.data.result === 'kept') return answer
  }
  const message = 'Your browser came over connections from before the change only. Open this page in a new window.'
  return { ok: false, error: { message } }
}

/** A button that does one thing to a change, says what went wrong in its place, and goes where the change goes on. */
export function ChangeButton({
  deed,
  changeId,
  digest = '',
  kind,
  hotkey,
  goTo,
  children,
}: {
  deed: ChangeDeed
  changeId: number
  digest?: string
  kind?: 'plain' | 'primary' | 'danger'
  hotkey?: string
  goTo?: string
  children: ReactNode
}) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const press = () =>
    start(async () => {
      setProblem(null)
      const answer = await doIt(deed, changeId, digest)
      if (!answer.ok) {
        setProblem(answer.error.message)
        router.refresh()
        return
      }
      const next = nextOf(answer.data)
      if (next && 'nothingToDo' in next) setProblem(next.nothingToDo)
      else if (next) router.push(`/changes/${next.changeId}`)
      else if (goTo) router.push(goTo)
      else router.refresh()
    })
  useKeys(hotkey ? { [hotkey]: press } : {})
  return (
    <>
      <Button kind={kind} onClick={press} disabled={isPending} aria-busy={isPending}>
        {children}
      </Button>
      {problem ? (
        <div className="change-problem">
          <Note status="bad" title="That did not go" live>
            {problem}
          </Note>
        </div>
      ) : null}
    </>
  )
}

function nextOf(data: unknown): { changeId: number } | { nothingToDo: string } | null {
  if (data === null || typeof data !== 'object') return null
  if ('changeId' in data && typeof data.changeId === 'number') return { changeId: data.changeId }
  if ('nothingToDo' in data && typeof data.nothingToDo === 'string') return { nothingToDo: data.nothingToDo }
  return null
}
