'use client'

import type { FormPart } from '@/app/(main)/hosts/field-props'
import { RadioCards } from '@/components/form/radio-cards'
import { TextareaField } from '@/components/form/text-field'
import type { ConnectValues } from './connect-values'

const cards = [
  {
    value: 'checked',
    label: 'Required, certificate checked',
    help: 'Recommended. Nobody in between can listen in or pose as the database.',
  },
  {
    value: 'required',
    label: 'Required, certificate not checked',
    help: 'Nobody can listen in, but somebody in between could pose as the database and get the login.',
  },
  {
    value: 'off',
    label: 'Off',
    help: 'All that is asked and answered crosses the network in plain. Only where the network is safe.',
  },
]

/** Whether the connection over the network is encrypted, and whose certificate is believed. */
export function EncryptionFields({ form: { values, field } }: { form: FormPart<keyof ConnectValues> }) {
  return (
    <>
      <RadioCards label="Encryption" {...field('tls')} cards={cards} />
      {values.tls === 'checked' ? (
        <TextareaField
          label="Certificate of the authority"
          mono
          wide
          optional
          help="In PEM, of the authority that signed the server’s certificate. Left empty, those that this machine trusts are asked."
          {...field('tlsCa')}
        />
      ) : null}
    </>
  )
}
