'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/base/button'

/** Asks both ends anew; what is known stands until then. */
export function LookAgain() {
  const router = useRouter()
  const [isPending, start] = useTransition()
  return (
    <Button sm kind="quiet" onClick={() => start(() => router.refresh())} disabled={isPending} aria-busy={isPending}>
      {isPending ? 'Asking both ends' : 'Look again'}
    </Button>
  )
}
