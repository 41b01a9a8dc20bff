'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { OperationWish } from '@/lib/director/operation-wish'
import { planOperationAction } from '../actions'

/** Plans, and goes to the plan; else the sentence that says why none came. */
export function usePlan(catalogId: string) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const plan = async (operation: OperationWish): Promise<string | null> => {
    const answer = await planOperationAction({ catalogId, operation })
    if (!answer.ok) return answer.error.message
    if ('nothingToDo' in answer.data) return answer.data.nothingToDo
    router.push(`/changes/${answer.data.changeId}`)
    return null
  }
  const press = (operation: OperationWish) => start(async () => setProblem(await plan(operation)))
  return { plan, press, problem, isPending }
}
