'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { Note } from '@/components/show/finding'
import { planChangeAction } from '../changes/actions'

type Input = Parameters<typeof planChangeAction>[0]

/**
 * Plans a change of one wizard's agent and goes to its plan; what came instead of one is the `answer`, and `fields` says
 * which of the form's fields it is about. `back`: what stands in the form's address, where the plan's hosts do not tell it.
 */
export function usePlanning(agentId: string, hostIds: readonly string[], back = '') {
  const router = useRouter()
  const [answer, setAnswer] = useState<ReactNode>(null)
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  const [isPlanning, start] = useTransition()
  const plan = (desired: unknown, first: Input['first'] = []) =>
    start(async () => {
      const result = await planChangeAction({ agentId, desired, first, hostIds: [...hostIds] })
      setFields(result.ok ? {} : (result.error.fields ?? {}))
      if (!result.ok) setAnswer(<Answer status="bad" title="No plan came of this" text={result.error.message} />)
      else if ('nothingToDo' in result.data)
        setAnswer(<Answer status="info" title="Nothing to do" text={result.data.nothingToDo} />)
      else router.push(`/wizards/${agentId}?change=${result.data.changeId}${back && `&${back}`}`)
    })
  return { plan, answer, fields, isPlanning }
}

/** The button that a wizard's form is sent by. */
export function PlanButton({
  isPlanning,
  isWaiting = false,
  disabled = false,
}: {
  isPlanning: boolean
  /** Something is still being counted of which the plan would be made. */
  isWaiting?: boolean
  disabled?: boolean
}) {
  const isBusy = isPlanning || isWaiting
  return (
    <Button kind="primary" type="submit" disabled={isBusy || disabled} aria-busy={isBusy}>
      {isPlanning ? 'Reading and planning' : 'Show the plan'}
    </Button>
  )
}

function Answer({ status, title, text }: { status: 'bad' | 'info'; title: string; text: string }) {
  return (
    <div className="mt-3" ref={reveal}>
      <Note status={status} title={title} live>
        {text}
      </Note>
    </div>
  )
}

/** What came of a press far down a long form must not stay unseen. */
function reveal(note: HTMLElement | null): void {
  note?.scrollIntoView({ block: 'center' })
}
