'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { CopyLine } from '@/app/(main)/hosts/copy-line'
import { Button } from '@/components/base/button'
import { Note } from '@/components/show/finding'
import { makeMetricsTokenAction, removeMetricsTokenAction } from './actions'

/** Makes, replaces and removes the token; a new one is shown once. */
export function TokenButtons({ isMade }: { isMade: boolean }) {
  const router = useRouter()
  const [token, setToken] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const make = () =>
    start(async () => {
      const answer = await makeMetricsTokenAction({})
      setToken(answer.ok ? answer.data.token : null)
      setProblem(answer.ok ? null : answer.error.message)
      router.refresh()
    })
  const remove = () =>
    start(async () => {
      const answer = await removeMetricsTokenAction({})
      setToken(null)
      setProblem(answer.ok ? null : answer.error.message)
      router.refresh()
    })
  return (
    <>
      {token === null ? null : (
        <Note status="ok" title="The token, shown this once" live>
          <CopyLine text={token} label="the token" />
          <p className="mt-2">
            Give it to the monitor as <code>Authorization: Bearer …</code>. Whoever has it reads these figures, and no
            more.
          </p>
        </Note>
      )}
      {problem === null ? null : (
        <Note status="bad" title="That did not go" live>
          {problem}
        </Note>
      )}
      <p className="mt-4 flex gap-3">
        <Button kind={isMade ? undefined : 'primary'} onClick={make} disabled={isPending}>
          {isMade ? 'Make a new token' : 'Make a token'}
        </Button>
        {isMade ? (
          <Button onClick={remove} disabled={isPending}>
            Remove the token
          </Button>
        ) : null}
      </p>
    </>
  )
}
