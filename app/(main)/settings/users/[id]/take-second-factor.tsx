'use client'

import { useRouter } from 'next/navigation'
import { RelativeTime } from '@/components/base/relative-time'
import { AskFirst } from '@/components/overlay/ask-first'
import { showToast } from '@/components/overlay/toast'
import { takeSecondFactorAction } from '../actions'

/** Whether the user has a second factor, and the way out where it was lost. */
export function TakeSecondFactor({ userId, name, since }: { userId: string; name: string; since: number | null }) {
  const router = useRouter()
  if (since === null) return <p className="max-w-text text-text-2">{name} has none: the password alone signs in.</p>
  const take = async () => {
    const answer = await takeSecondFactorAction({ userId })
    if (!answer.ok) return answer.error.message
    showToast({ status: 'ok', text: `${name} has no second factor any more` })
    router.refresh()
    return null
  }
  return (
    <>
      <p className="mb-3 max-w-text text-text-2">
        {name} signs in with a code too, since <RelativeTime at={since} />. Where app and recovery codes are lost, this
        is the way back in.
      </p>
      <AskFirst
        trigger="Take it away"
        title={`Take the second factor of ${name} away?`}
        confirm="Take it away"
        keep="Keep it"
        action={take}
      >
        The password alone signs in from then on. Every session of {name} ends.
      </AskFirst>
    </>
  )
}
