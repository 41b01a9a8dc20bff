'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/base/button'
import { showToast } from '@/components/overlay/toast'
import { revokeSessionAction } from './actions'

/** Ends another session of one's own. */
export function EndSession({ sessionId, browser }: { sessionId: string; browser: string }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const end = () =>
    start(async () => {
      const answer = await revokeSessionAction({ sessionId })
      if (answer.ok) showToast({ status: 'ok', text: `The session in ${browser} has ended` })
      else showToast({ status: 'bad', text: answer.error.message })
      router.refresh()
    })
  return (
    <Button sm disabled={isPending} aria-label={`End the session in ${browser}`} onClick={end}>
      End session
    </Button>
  )
}
