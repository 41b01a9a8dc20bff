'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import { acceptChangedKeyAction, keepPinnedKeyAction } from '../actions'
import { FormProblem } from '../form-problem'
import { LookAtKeys } from './look-at-keys'

/** Accept the new keys, keep the old, or look once more. */
export function DecideChangedKey({
  host,
  fingerprints,
}: {
  host: { id: string; name: string }
  fingerprints: string[]
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const run = (decide: () => Promise<{ ok: true } | { ok: false; error: { message: string } }>) =>
    startTransition(async () => {
      const answer = await decide()
      setProblem(answer.ok ? null : answer.error.message)
      router.refresh()
    })
  const input = { hostId: host.id, fingerprints }
  return (
    <div className="mt-4">
      <FormProblem>{problem}</FormProblem>
      <div className="flex flex-wrap gap-2">
        <form action={() => run(() => acceptChangedKeyAction(input))}>
          <SubmitButton kind="danger" pending={isPending}>
            Accept the new key of {host.name}
          </SubmitButton>
        </form>
        <form action={() => run(() => keepPinnedKeyAction(input))}>
          <SubmitButton pending={isPending}>Keep the confirmed key</SubmitButton>
        </form>
        <LookAtKeys hostId={host.id} />
      </div>
    </div>
  )
}
