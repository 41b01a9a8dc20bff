'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/base/button'
import { showToast } from '@/components/overlay/toast'
import { requireSecondFactorAction } from './actions'

/** Asks everybody for a second factor, or leaves it to each. */
export function RequireSecondFactor({ isRequired, without }: { isRequired: boolean; without: number }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const press = () =>
    start(async () => {
      const answer = await requireSecondFactorAction({ required: !isRequired })
      if (!answer.ok) showToast({ status: 'bad', text: answer.error.message })
      router.refresh()
    })
  return (
    <>
      <p className="mb-3 max-w-text text-text-2">
        {isRequired
          ? 'Everybody must have one: who has none sets it up before anything else.'
          : 'Each decides for himself. Once it is asked of everybody, who has none sets it up before anything else, on the next click.'}{' '}
        {withoutSentence(without)}
      </p>
      <Button onClick={press} disabled={isPending} aria-busy={isPending}>
        {isRequired ? 'Leave it to each' : 'Ask everybody for one'}
      </Button>
    </>
  )
}

function withoutSentence(without: number): string {
  if (without === 0) return 'All users have one.'
  return without === 1 ? 'One user has none.' : `${without} users have none.`
}
