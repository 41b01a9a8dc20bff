'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { SubmitButton } from '@/components/base/submit-button'
import { SectionHead } from '@/components/frame/page-head'
import { addHostAction } from '../actions'
import type { HostChoice } from '../field-props'
import { FormProblem } from '../form-problem'
import { LoginFields, WhatFields, WhereFields } from '../host-fields'
import { useDraftForm } from '../use-draft-form'
import { type CredentialChoice, CredentialFields } from './credential-fields'
import { secretFields } from './credential-values'
import { emptyHost, hostChecks, hostInput } from './new-host-values'
import { useCredential } from './use-credential'

/** The one form of a new host. After it the host is in the inventory, and its key is compared. */
export function NewHostForm({
  credentials,
  hosts,
}: {
  credentials: readonly CredentialChoice[]
  hosts: readonly HostChoice[]
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState({ ...emptyHost, credentialMode: credentials.length > 0 ? 'pick' : 'generate' })
  const form = useDraftForm({ key: 'new-host', initial, secret: secretFields, checks: hostChecks })

  const { credentialOf, choices } = useCredential(form, credentials)
  const send = async () => {
    const credentialId = await credentialOf()
    if (credentialId === null) return
    const added = await addHostAction({ ...hostInput(form.values), credentialId })
    if (!added.ok) return form.refuse(added.error)
    form.done()
    router.push(`/hosts/${added.data.hostId}/first-contact`)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }

  return (
    <form onSubmit={onSubmit} noValidate aria-label="New host">
      {form.isRestored ? (
        <p className="mb-4 text-12 text-text-3">
          What you typed before is here again, but for secrets.{' '}
          <Button sm kind="quiet" onClick={form.clear}>
            Begin anew
          </Button>
        </p>
      ) : null}
      <SectionHead title="Where it is" ruled />
      <WhereFields form={form} hosts={hosts} />
      <SectionHead title="What it is" ruled />
      <WhatFields form={form} hosts={hosts} />
      <SectionHead title="How Pollux enters it" ruled />
      <LoginFields form={form} />
      <CredentialFields form={form} choices={choices} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton kind="primary" pending={isPending} pendingText="Adding the host">
        Add host and compare its key
      </SubmitButton>
    </form>
  )
}
