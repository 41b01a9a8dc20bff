'use client'

import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextareaField, TextField } from '@/components/form/text-field'
import type { FormPart } from '../field-props'
import type { CredentialValues } from './credential-values'

export interface CredentialChoice {
  id: string
  name: string
  /** "Ed25519 key", "password" */
  what: string
}

type Form = FormPart<keyof CredentialValues>

const ways = [
  {
    value: 'generate',
    label: 'Make a key pair',
    help: 'Pollux keeps the private half; the public line goes on the host.',
  },
  { value: 'paste', label: 'Paste a private key', help: 'One whose public half is on the host already.' },
  { value: 'password', label: 'A password', help: 'It goes out only after the host key matched.' },
]

/** How Pollux logs in: with a credential that is there, or one that is made with the host. */
export function CredentialFields({ form, choices }: { form: Form; choices: readonly CredentialChoice[] }) {
  const pick = { value: 'pick', label: 'One that is there', help: 'A key or password that Pollux keeps already.' }
  return (
    <>
      <RadioCards
        label="Credential"
        {...form.field('credentialMode')}
        cards={choices.length > 0 ? [pick, ...ways] : ways}
      />
      {form.values.credentialMode === 'pick' ? (
        <SelectField
          label="Which credential"
          {...form.field('credentialId')}
          options={[
            { value: '', label: 'Choose one' },
            ...choices.map((choice) => ({ value: choice.id, label: `${choice.name}, ${choice.what}` })),
          ]}
        />
      ) : (
        <NewCredentialFields form={form} />
      )}
    </>
  )
}

/** The choice between the ways to make a credential. */
export function CredentialWayFields({ form }: { form: Form }) {
  return <RadioCards label="What it is" {...form.field('credentialMode')} cards={ways} />
}

/** The fields of a credential that is made, of the kind that was chosen. */
export function NewCredentialFields({ form }: { form: Form }) {
  const { values, field } = form
  return (
    <>
      <TextField label="Name of the credential" help="Other hosts can use it too." {...field('credentialName')} />
      {values.credentialMode === 'generate' ? (
        <SelectField
          label="Kind of key"
          help="RSA is for hosts with OpenSSH before 6.5, such as an old NAS."
          {...field('algorithm')}
          options={[
            { value: 'ed25519', label: 'Ed25519' },
            { value: 'rsa-3072', label: 'RSA, 3072 bits' },
          ]}
        />
      ) : null}
      {values.credentialMode === 'paste' ? (
        <>
          <TextareaField
            label="Private key"
            help="From -----BEGIN to -----END. It is sealed when it arrives and never shown again."
            mono
            wide
            rows={8}
            autoComplete="off"
            {...field('privateKey')}
          />
          <TextField label="Passphrase" optional type="password" {...field('passphrase')} />
        </>
      ) : null}
      {values.credentialMode === 'password' ? (
        <TextField
          label="Password"
          type="password"
          help="It is sealed when it arrives and never shown again."
          {...field('password')}
        />
      ) : null}
    </>
  )
}
