'use server'

import { redirect } from 'next/navigation'
import { removeUserAction } from '../actions'

/** The typed question's answer: goes to the list when the user is out, else gives back why not. */
export async function removeNamedUser(form: FormData): Promise<{ error: string } | undefined> {
  const text = (name: string) => String(form.get(name) ?? '')
  const answer = await removeUserAction({ userId: text('userId'), typedName: text('typed') })
  if (!answer.ok) return { error: answer.error.message }
  redirect('/settings/users')
}
