'use server'

import { redirect } from 'next/navigation'
import { removeCredentialAction } from '../actions'

/** The typed question's answer: goes to the list when it is removed, else gives back why not. */
export async function removeNamedCredential(form: FormData): Promise<{ error: string } | undefined> {
  const text = (name: string) => String(form.get(name) ?? '')
  if (text('typed').trim() !== text('name')) return { error: `Type ${text('name')} to go on.` }
  const answer = await removeCredentialAction({ credentialId: text('credentialId') })
  if (!answer.ok) return { error: answer.error.message }
  redirect('/settings/credentials')
}
