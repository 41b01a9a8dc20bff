'use server'

import { redirect } from 'next/navigation'
import { removeHostAction } from '../../actions'

/** The typed question's answer: goes to the list when the host is out, else gives back why not. */
export async function removeNamedHost(form: FormData): Promise<{ error: string } | undefined> {
  const text = (name: string) => String(form.get(name) ?? '')
  const answer = await removeHostAction({ hostId: text('hostId'), typedName: text('typed') })
  if (!answer.ok) return { error: answer.error.message }
  redirect('/hosts')
}
