'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { AskFirst } from '@/components/overlay/ask-first'
import { Note } from '@/components/show/finding'
import { adoptDriftAction, reapplyChangeAction } from '../../changes/actions'

/** Plans the change once more and leads to the plan, or says why there is none. */
export function Reapply({ changeId, hostId, wizardId }: { changeId: number; hostId: string; wizardId: string }) {
  const router = useRouter()
  const [said, setSaid] = useState<{ sentence: string; isProblem: boolean } | null>(null)
  const [isPending, start] = useTransition()
  const press = () =>
    start(async () => {
      setSaid(null)
      const answer = await reapplyChangeAction({ changeId, hostId })
      if (!answer.ok) setSaid({ sentence: answer.error.message, isProblem: true })
      else if ('nothingToDo' in answer.data) setSaid({ sentence: answer.data.nothingToDo, isProblem: false })
      else router.push(`/wizards/${wizardId}?change=${answer.data.changeId}`)
    })
  return (
    <>
      <Button onClick={press} disabled={isPending} aria-busy={isPending}>
        Apply change #{changeId} again
      </Button>
      {said ? (
        <div className="change-problem order-last">
          <Note
            status={said.isProblem ? 'bad' : 'info'}
            title={said.isProblem ? 'That did not go' : 'Nothing is to do'}
            live
          >
            {said.sentence}
          </Note>
        </div>
      ) : null}
    </>
  )
}

/** Takes what the host reads now as right, after a question that names it. */
export function TakeAsItIs({
  input,
  hostName,
  children,
}: {
  input: Parameters<typeof adoptDriftAction>[0]
  hostName: string
  children: ReactNode
}) {
  const router = useRouter()
  return (
    <AskFirst
      harmless
      trigger="Take it as it is now"
      title={`Take ${hostName} as it is now?`}
      confirm="Take it as it is now"
      keep="Keep showing it"
      action={async () => {
        const answer = await adoptDriftAction(input)
        router.refresh()
        return answer.ok ? null : answer.error.message
      }}
    >
      {children}
    </AskFirst>
  )
}
