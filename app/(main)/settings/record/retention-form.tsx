'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import { showToast } from '@/components/overlay/toast'
import { setAuditRetentionAction } from './actions'

/** For how many days rows of the record are kept; an empty field keeps them for good. */
export function RetentionForm({ days }: { days: number | null }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [initial] = useState({ days: days === null ? '' : String(days) })
  const form = useDraftForm({ key: 'audit-retention', initial })
  const send = async () => {
    const typed = form.values.days.trim()
    const answer = await setAuditRetentionAction({ days: typed === '' ? null : Number(typed) })
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    showToast({ status: 'ok', text: typed === '' ? 'Every row is kept' : `Rows are kept for ${typed} days` })
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="How long rows are kept">
      <TextField
        label="Days"
        inputMode="numeric"
        optional
        help="Older rows are removed at night, and that is recorded. Empty: every row is kept. At least 30."
        {...form.field('days')}
      />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Keeping">
        Keep rows for so long
      </SubmitButton>
    </form>
  )
}
