'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import type { OperationWish } from '@/lib/director/operation-wish'
import { planOperationAction } from './actions'

/** Plans one thing and goes to its plan, where it is read and approved; what hinders stands in its place. */
export function OperationButton({
  catalogId,
  operation,
  label,
  children,
}: {
  catalogId: string
  operation: OperationWish
  label: string
  children: ReactNode
}) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const press = () =>
    start(async () => {
      setProblem(null)
      const answer = await planOperationAction({ catalogId, operation })
      if (!answer.ok) setProblem(answer.error.message)
      else if ('nothingToDo' in answer.data) setProblem(answer.data.nothingToDo)
      else router.push(`/changes/${answer.data.changeId}`)
    })
  return (
    <span>
      <Button sm onClick={press} disabled={isPending} aria-busy={isPending} aria-label={label}>
        {isPending ? 'Planning' : children}
      </Button>
      {problem === null ? null : (
        <span className="home-change-note" role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
