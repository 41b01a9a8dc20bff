'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/base/button'
import { showToast } from '@/components/overlay/toast'
import { endApiTokenAction } from './actions'

/** Ends an API token, from its next use on. */
export function EndToken({ tokenId, name }: { tokenId: string; name: string }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const end = () =>
    start(async () => {
      const answer = await endApiTokenAction({ tokenId })
      if (answer.ok) showToast({ status: 'ok', text: `The token for ${name} has ended` })
      else showToast({ status: 'bad', text: answer.error.message })
      router.refresh()
    })
  return (
    <Button sm disabled={isPending} aria-label={`End the token for ${name}`} onClick={end}>
      End token
    </Button>
  )
}
