'use client'

import { acceptInviteAction } from '../actions'
import { DoorForm, nameField, newPasswordField } from '../door-form'
import { MissingLink } from '../missing-link'
import { useLinkToken } from '../use-link-token'

export function InviteForm() {
  const token = useLinkToken()
  if (token === '') return <MissingLink />
  return (
    <DoorForm
      fields={[nameField, newPasswordField]}
      submit="Join"
      send={({ name = '', password = '' }) => acceptInviteAction({ token: token ?? '', name, password })}
      onDone={() => window.location.assign('/sign-in')}
    />
  )
}
