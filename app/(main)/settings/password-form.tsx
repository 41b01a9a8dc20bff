'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { changeOwnPasswordAction } from './actions'

const empty = { current: '', password: '' }
const secret = ['current', 'password']

/** A new password for oneself. Neither is ever kept outside the page. */
export function PasswordForm() {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [isDone, setIsDone] = useState(false)
  const form = useDraftForm({ key: 'own-password', initial: empty, secret })
  const send = async () => {
    setIsDone(false)
    const answer = await changeOwnPasswordAction(form.values)
    if (!answer.ok) return form.refuse(answer.error)
    form.clear()
    setIsDone(true)
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Your password">
      <TextField label="Password now" type="password" autoComplete="current-password" {...form.field('current')} />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        help="At least 12 characters. A sentence is a good one. Your other sessions end with it."
        {...form.field('password')}
      />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Changing">
        Change password
      </SubmitButton>
      {isDone ? (
        <div className="mt-4">
          <Note status="ok" title="Your password is changed" live>
            Every other session of yours has ended.
          </Note>
        </div>
      ) : null}
    </form>
  )
}
