'use client'

import { useState } from 'react'
import { signInAction } from '../actions'
import { DoorForm } from '../door-form'

/** Address and password; then, where there is a second factor, its code. What was typed first waits in this page alone. */
export function SignInForm({ next }: { next: string }) {
  const [first, setFirst] = useState<{ email: string; password: string } | null>(null)
  const goOn = () => window.location.assign(next)
  if (first)
    return (
      <DoorForm
        key="code"
        focused
        fields={[
          {
            name: 'code',
            label: 'Code',
            type: 'text',
            autoComplete: 'one-time-code',
            help: 'The six digits that your authenticator app shows, or one of your recovery codes.',
          },
        ]}
        submit="Sign in"
        send={({ code = '' }) => signInAction({ ...first, code })}
        onDone={({ code = '' }) => (code.trim() ? goOn() : undefined)}
      >
        <p className="text-text-3 text-12 mb-4">
          Neither app nor recovery codes at hand: an admin can take your second factor away.
        </p>
      </DoorForm>
    )
  return (
    <DoorForm
      key="password"
      fields={[
        { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
        { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
      ]}
      submit="Sign in"
      send={({ email = '', password = '' }) => signInAction({ email, password })}
      onDone={({ email = '', password = '' }, { needsCode }) => (needsCode ? setFirst({ email, password }) : goOn())}
    >
      <p className="text-text-3 text-12 mb-4">
        A lost password: an admin can make you a new link, or run npm run reset-user on the machine.
      </p>
    </DoorForm>
  )
}
