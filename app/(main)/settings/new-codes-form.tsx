'use client'

import { type FormEvent, useState, useTransition } from 'react'
import { RecoveryCodes } from '@/app/(door)/second-factor/recovery-codes'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import { makeRecoveryCodesAction } from './actions'

const empty = { password: '' }
const secret = ['password']

/** New recovery codes in place of all earlier ones, by the password. */
export function NewCodesForm() {
  const [isPending, start] = useTransition()
  const [codes, setCodes] = useState<string[] | null>(null)
  const form = useDraftForm({ key: 'recovery-codes', initial: empty, secret })
  const send = async () => {
    const answer = await makeRecoveryCodesAction(form.values)
    if (!answer.ok) return form.refuse(answer.error)
    form.clear()
    setCodes(answer.data.recoveryCodes)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  if (codes) return <RecoveryCodes codes={codes} title="Your new recovery codes" />
  return (
    <form onSubmit={onSubmit} noValidate aria-label="New recovery codes">
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        help="The recovery codes that you have end."
        {...form.field('password')}
      />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Making them">
        Make new recovery codes
      </SubmitButton>
    </form>
  )
}
