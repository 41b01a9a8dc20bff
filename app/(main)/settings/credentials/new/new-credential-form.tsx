'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useTransition } from 'react'
import { createCredentialAction } from '@/app/(main)/hosts/actions'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { CredentialWayFields, NewCredentialFields } from '@/app/(main)/hosts/new/credential-fields'
import {
  atCredentialFields,
  credentialFields,
  credentialInput,
  secretFields,
} from '@/app/(main)/hosts/new/credential-values'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'

/** Makes a credential without a host; its page then shows the line to install. */
export function NewCredentialForm() {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const form = useDraftForm({ key: 'new-credential', initial: credentialFields, secret: secretFields })
  const send = async () => {
    const created = await createCredentialAction(credentialInput(form.values))
    if (!created.ok)
      return form.refuse({ message: created.error.message, fields: atCredentialFields(created.error.fields) })
    form.done()
    router.push(`/settings/credentials/${created.data.id}`)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="New credential">
      <CredentialWayFields form={form} />
      <NewCredentialFields form={form} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton kind="primary" pending={isPending} pendingText="Adding the credential">
        Add credential
      </SubmitButton>
    </form>
  )
}
