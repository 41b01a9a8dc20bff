'use client'

import { resetPasswordAction } from '../actions'
import { DoorForm, newPasswordField } from '../door-form'
import { MissingLink } from '../missing-link'
import { useLinkToken } from '../use-link-token'

export function ResetForm() {
  const token = useLinkToken()
  if (token === '') return <MissingLink />
  return (
    <DoorForm
      fields={[{ ...newPasswordField, label: 'New password' }]}
      submit="Set the password"
      send={({ password = '' }) => resetPasswordAction({ token: token ?? '', password })}
      onDone={() => window.location.assign('/sign-in')}
    />
  )
}
