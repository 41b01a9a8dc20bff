'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import type { HostDetail } from '@/lib/inventory/get-host'
import { changeHostIdentityAction } from '../../actions'
import type { HostChoice } from '../../field-props'
import { FormProblem } from '../../form-problem'
import { LoginFields, ProfileField, WhereFields } from '../../host-fields'
import { type CredentialChoice, CredentialFields } from '../../new/credential-fields'
import { credentialFields, secretFields } from '../../new/credential-values'
import { asPrivilege, hostChecks } from '../../new/new-host-values'
import { useCredential } from '../../new/use-credential'
import { useDraftForm } from '../../use-draft-form'

export interface IdentityFormProps {
  host: HostDetail
  hosts: readonly HostChoice[]
  credentials: readonly CredentialChoice[]
}

/** Address, login and credential; saving leads to the key when it has to be compared again. */
export function IdentityForm({ host, hosts, credentials }: IdentityFormProps) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState(() => identityValues(host))
  const form = useDraftForm({
    key: `identity-${host.id}-${host.version}`,
    initial,
    secret: secretFields,
    checks: hostChecks,
  })
  const { credentialOf, choices } = useCredential(form, credentials)
  const send = async () => {
    const credentialId = await credentialOf()
    if (credentialId === null) return
    const { values } = form
    const answer = await changeHostIdentityAction({
      hostId: host.id,
      version: host.version,
      address: values.address,
      port: values.port,
      jumpHostId: values.jumpHostId || null,
      login: values.login,
      privilege: asPrivilege(values.privilege),
      sshProfile: values.sshProfile === 'legacy' ? 'legacy' : 'modern',
      sudoPassword: values.sudoPassword === '' ? undefined : values.sudoPassword,
      credentialId,
    })
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    router.push(answer.data.pinDropped ? `/hosts/${host.id}/first-contact` : `/hosts/${host.id}/access`)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Where it is and how Pollux enters it">
      <WhereFields form={form} hosts={hosts} />
      <ProfileField form={form} />
      <LoginFields form={form} />
      <CredentialFields form={form} choices={choices} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Saving">
        Save address and login
      </SubmitButton>
    </form>
  )
}

function identityValues(host: HostDetail) {
  return {
    ...credentialFields,
    address: host.address,
    port: String(host.port),
    jumpHostId: host.jumpHost?.id ?? '',
    login: host.login,
    privilege: host.privilege as string,
    sshProfile: host.sshProfile as string,
    sudoPassword: '',
    credentialMode: host.credential ? 'pick' : 'generate',
    credentialId: host.credential?.id ?? '',
  }
}
