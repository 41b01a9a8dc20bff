'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { Note } from '@/components/show/finding'
import { setTwoPeopleAction } from './actions'

/** Switches whether changes of the hosts with this tag take two people. */
export function TwoPeopleButton({ tag, takesTwo }: { tag: string; takesTwo: boolean }) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const press = () =>
    start(async () => {
      const answer = await setTwoPeopleAction({ tag, takesTwo: !takesTwo })
      setProblem(answer.ok ? null : answer.error.message)
      router.refresh()
    })
  return (
    <>
      <Button
        sm
        onClick={press}
        disabled={isPending}
        aria-label={`${takesTwo ? 'One person' : 'Two people'} for ${tag}`}
      >
        {takesTwo ? 'One person' : 'Two people'}
      </Button>
      {problem ? (
        <Note status="bad" title="That did not go" live>
          {problem}
        </Note>
      ) : null}
    </>
  )
}
