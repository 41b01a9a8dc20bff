'use client'

import { signInAction } from '../actions'
import { DoorForm } from '../door-form'

export function SignInForm({ next }: { next: string }) {
  return (
    <DoorForm
      fields={[
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
        { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
      ]}
      submit="Sign in"
      send={({ email = '', password = '' }) => signInAction({ email, password })}
      onDone={() => window.location.assign(next)}
    >
      <p className="text-text-3 text-12 mb-4">
        A lost password: an admin can make you a new link, or run npm run reset-user on the machine.
      </p>
    </DoorForm>
  )
}
