'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/base/button'
import { Mark } from '@/components/base/status-mark'

/** Asks for the page again. `reset` clears the error that stands in its place. */
export function TryAgain({ reset }: { reset?: () => void }) {
  const router = useRouter()
  const [isAsking, ask] = useTransition()
  const again = () =>
    ask(() => {
      router.refresh()
      reset?.()
    })
  return (
    <Button kind="primary" aria-disabled={isAsking || undefined} onClick={isAsking ? undefined : again}>
      {isAsking ? <Mark status="running" /> : null}
      {isAsking ? 'Asking the catalog' : 'Try again'}
    </Button>
  )
}
