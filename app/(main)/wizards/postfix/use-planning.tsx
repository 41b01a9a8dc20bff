'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Note } from '@/components/show/finding'
import { planChangeAction } from '../../changes/actions'

type Input = Parameters<typeof planChangeAction>[0]

/** Plans a change of mail and goes to its plan; what came instead of one is the `answer`. */
export function usePlanning(hostId: string) {
  const router = useRouter()
  const [answer, setAnswer] = useState<ReactNode>(null)
  const [isPlanning, start] = useTransition()
  const plan = (desired: unknown, first: Input['first'] = []) =>
    start(async () => {
      const result = await planChangeAction({ agentId: 'postfix', desired, first, hostIds: [hostId] })
      if (!result.ok) setAnswer(<Answer status="bad" title="No plan came of this" text={result.error.message} />)
      else if ('nothingToDo' in result.data)
        setAnswer(<Answer status="info" title="Nothing to do" text={result.data.nothingToDo} />)
      else router.push(`/wizards/postfix?change=${result.data.changeId}`)
    })
  return { plan, answer, isPlanning }
}

function Answer({ status, title, text }: { status: 'bad' | 'info'; title: string; text: string }) {
  return (
    <div className="mt-3">
      <Note status={status} title={title} live>
        {text}
      </Note>
    </div>
  )
}
