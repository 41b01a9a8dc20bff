'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/base/button'
import { showToast } from '@/components/overlay/toast'
import { cancelInviteAction } from './actions'

/** Ends an invitation before anybody takes it up. */
export function CancelInvite({ inviteId, email }: { inviteId: string; email: string }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const cancel = () =>
    start(async () => {
      const answer = await cancelInviteAction({ inviteId })
      if (answer.ok) showToast({ status: 'ok', text: `The invitation for ${email} has ended` })
      else showToast({ status: 'bad', text: answer.error.message })
      router.refresh()
    })
  return (
    <Button sm disabled={isPending} aria-label={`Cancel the invitation for ${email}`} onClick={cancel}>
      Cancel invitation
    </Button>
  )
}
