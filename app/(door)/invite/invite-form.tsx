'use client'

import { acceptInviteAction } from '../actions'
import { DoorForm } from '../door-form'
import { MissingLink } from '../missing-link'
import { useLinkToken } from '../use-link-token'

export function InviteForm() {
  const token = useLinkToken()
  if (token === '') return <MissingLink />
  return (
    <DoorForm
      fields={[
        { name: 'name', label: 'Name', type: 'text', autoComplete: 'name' },
        {
          name: 'password',
          label: 'Password',
          type: 'password',
          autoComplete: 'new-password',
          help: 'At least 12 characters. A sentence is a good one.',
        },
      ]}
      submit="Join"
      send={({ name = '', password = '' }) => acceptInviteAction({ token: token ?? '', name, password })}
      onDone={() => window.location.assign('/sign-in')}
    />
  )
}
