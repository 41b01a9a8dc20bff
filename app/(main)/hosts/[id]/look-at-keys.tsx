'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import { scanHostKeyAction } from '../actions'

/** Asks a host for its keys anew, without logging in; the page then shows whether they fit. */
export function LookAtKeys({ hostId }: { hostId: string }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [answer, setAnswer] = useState<string | null>(null)
  const look = () =>
    startTransition(async () => {
      const scanned = await scanHostKeyAction({ hostId })
      if (!scanned.ok) setAnswer(scanned.error.message)
      else setAnswer(scanned.data.isChanged ? null : 'It shows the confirmed key.')
      router.refresh()
    })
  return (
    <form action={look}>
      <SubmitButton pending={isPending} pendingText="Looking">
        Look at its keys again
      </SubmitButton>
      <span role="status" className="ml-2 text-text-2">
        {answer}
      </span>
    </form>
  )
}
