'use client'

import { resetPasswordAction } from '../actions'
import { DoorForm } from '../door-form'
import { MissingLink } from '../missing-link'
import { useLinkToken } from '../use-link-token'

export function ResetForm() {
  const token = useLinkToken()
  if (token === '') return <MissingLink />
  return (
    <DoorForm
      fields={[
        {
          name: 'password',
          label: 'New password',
          type: 'password',
          autoComplete: 'new-password',
          help: 'At least 12 characters. A sentence is a good one.',
        },
      ]}
      submit="Set the password"
      send={({ password = '' }) => resetPasswordAction({ token: token ?? '', password })}
      onDone={() => window.location.assign('/sign-in')}
    />
  )
}
