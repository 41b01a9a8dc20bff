'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import { showToast } from '@/components/overlay/toast'
import { turnOffSecondFactorAction } from './actions'

const empty = { password: '', code: '' }
const secret = ['password', 'code']

/** The end of one's own second factor, by the password and one more code. */
export function TurnOffForm({ isRequired }: { isRequired: boolean }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const form = useDraftForm({ key: 'turn-off-second-factor', initial: empty, secret })
  const send = async () => {
    const answer = await turnOffSecondFactorAction(form.values)
    if (!answer.ok) return form.refuse(answer.error)
    form.clear()
    showToast({ status: 'ok', text: 'Your password alone signs in again' })
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Turn off the second factor">
      {isRequired ? (
        <p className="mb-3 max-w-text">An admin asks everybody for one: you are led to set up another at once.</p>
      ) : null}
      <TextField label="Your password" type="password" autoComplete="current-password" {...form.field('password')} />
      <TextField
        label="Code"
        autoComplete="one-time-code"
        help="Of your app, or a recovery code."
        {...form.field('code')}
      />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Turning it off">
        Turn off the second factor
      </SubmitButton>
    </form>
  )
}
