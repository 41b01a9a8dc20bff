'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { planChangeAction } from './actions'

type Planned = ReturnType<typeof planChangeAction>

/** Asks for a plan, and goes to it; else `problem` is the sentence that says why none came. */
export function usePlanned() {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const plan = async (asked: () => Planned): Promise<string | null> => {
    const answer = await asked()
    if (!answer.ok) return answer.error.message
    if ('nothingToDo' in answer.data) return answer.data.nothingToDo
    router.push(`/changes/${answer.data.changeId}`)
    return null
  }
  const press = (asked: () => Planned) =>
    start(async () => {
      setProblem(null)
      setProblem(await plan(asked))
    })
  return { plan, press, problem, isPending }
}
