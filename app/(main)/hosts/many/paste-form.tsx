'use client'

import type { FormEvent } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import { SelectField } from '@/components/form/select-field'
import { TextareaField } from '@/components/form/text-field'
import { SectionHead } from '@/components/frame/page-head'
import { type HostChoice, hostOptions } from '../field-props'
import { FormProblem } from '../form-problem'
import { hostKinds, LoginFields, ProfileField } from '../host-fields'
import { type CredentialChoice, CredentialFields } from '../new/credential-fields'
import type { ListForm } from './many-hosts'

const example = `10.0.0.11, umber, web office
10.0.0.12:2222, sienna, backup
nas.example.org ssh-ed25519 AAAA…`

/** The pasted list and what all its hosts share. */
export function PasteForm({
  form,
  hosts,
  credentials,
  isPending,
  onSend,
}: {
  form: ListForm
  hosts: readonly HostChoice[]
  credentials: readonly CredentialChoice[]
  isPending: boolean
  onSend: () => void
}) {
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSend()
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="List of hosts">
      <SectionHead title="The list" ruled />
      <TextareaField
        label="One host a line"
        mono
        wide
        rows={10}
        placeholder={example}
        help="address[:port], name, tags. A login may stand before the address, as ada@10.0.0.11. Lines of a known_hosts file are understood too, and compared."
        {...form.field('text')}
      />
      <SectionHead title="What all of them share" ruled />
      <SelectField label="Kind" {...form.field('kind')} options={hostKinds} />
      {hosts.length > 0 ? (
        <SelectField
          label="Jump host"
          optional
          {...form.field('jumpHostId')}
          options={hostOptions(hosts, 'None, they are reached directly')}
        />
      ) : null}
      <ProfileField form={form} />
      <LoginFields form={form} />
      <CredentialFields form={form} choices={credentials} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton kind="primary" pending={isPending} pendingText="Asking the hosts for their keys">
        Look at their keys
      </SubmitButton>
    </form>
  )
}
