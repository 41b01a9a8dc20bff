'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { AskFirst } from '@/components/overlay/ask-first'
import { Note } from '@/components/show/finding'
import { removePairAction, swapPairAction } from '../actions'

/** Makes the standby the active one. */
export function SwapPair({ pairId, version }: { pairId: string; version: number }) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const press = () =>
    start(async () => {
      const answer = await swapPairAction({ pairId, version })
      setProblem(answer.ok ? null : answer.error.message)
      router.refresh()
    })
  return (
    <>
      <Button onClick={press} disabled={isPending} aria-busy={isPending}>
        Swap active and standby
      </Button>
      {problem ? (
        <Note status="bad" title="That did not go" live>
          {problem}
        </Note>
      ) : null}
    </>
  )
}

/** Forgets the pair, after a question. */
export function RemovePair({ pairId, address }: { pairId: string; address: string }) {
  const router = useRouter()
  return (
    <AskFirst
      trigger="Remove the pair"
      title={`Remove the pair of ${address}?`}
      confirm="Remove the pair"
      keep="Keep it"
      action={async () => {
        const answer = await removePairAction({ pairId })
        if (!answer.ok) return answer.error.message
        router.push('/hosts/pairs')
        return null
      }}
    >
      What was declared goes. {address} stays on the host that has it.
    </AskFirst>
  )
}
