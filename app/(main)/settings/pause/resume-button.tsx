'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { Note } from '@/components/show/finding'
import { endPauseAction } from './actions'

/** Lets a restored Pollux work again. */
export function ResumeButton() {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const resume = () =>
    start(async () => {
      const answer = await endPauseAction({})
      setProblem(answer.ok ? null : answer.error.message)
      router.refresh()
    })
  return (
    <>
      {problem === null ? null : (
        <Note status="bad" title="That did not go" live>
          {problem}
        </Note>
      )}
      <p className="mt-4">
        <Button kind="primary" onClick={resume} disabled={isPending}>
          Resume Pollux
        </Button>
      </p>
    </>
  )
}
