'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import { renameCredentialAction } from '../actions'

/** The name of a credential; its secret is never edited, a new one is a new credential. */
export function RenameForm({ credentialId, name }: { credentialId: string; name: string }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState({ name })
  const form = useDraftForm({ key: `rename-${credentialId}`, initial })
  const send = async () => {
    const answer = await renameCredentialAction({ credentialId, name: form.values.name })
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Name of the credential">
      <TextField label="Name" {...form.field('name')} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Renaming">
        Rename credential
      </SubmitButton>
    </form>
  )
}
