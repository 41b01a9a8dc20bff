'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import { showToast } from '@/components/overlay/toast'
import { renameSelfAction } from './actions'

/** One's own name, as others see it behind what one does. */
export function RenameSelfForm({ name }: { name: string }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [initial] = useState({ name })
  const form = useDraftForm({ key: 'rename-self', initial })
  const send = async () => {
    const answer = await renameSelfAction({ name: form.values.name })
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    showToast({ status: 'ok', text: 'Your name is changed; what you did before keeps the old one' })
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Your name">
      <TextField
        label="Name"
        autoComplete="name"
        help="Stands behind everything that you do."
        {...form.field('name')}
      />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Renaming">
        Change name
      </SubmitButton>
    </form>
  )
}
