'use client'

import { createFirstAdminAction, signInAction } from '../actions'
import { DoorForm, nameField, newPasswordField } from '../door-form'
import { MissingLink } from '../missing-link'
import { useLinkToken } from '../use-link-token'

export function WelcomeForm() {
  const token = useLinkToken()
  if (token === '') return <MissingLink />
  return (
    <DoorForm
      fields={[
        nameField,
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
        newPasswordField,
      ]}
      submit="Make the first admin"
      send={({ name = '', email = '', password = '' }) =>
        createFirstAdminAction({ token: token ?? '', name, email, password })
      }
      onDone={async ({ email = '', password = '' }) => {
        const signed = await signInAction({ email, password })
        window.location.assign(signed.ok ? '/' : '/sign-in')
      }}
    />
  )
}
