'use server'

import { redirect } from 'next/navigation'
import { removeCatalogAction } from '../actions'

/** The typed question's answer: goes to the list when it is removed, else gives back why not. */
export async function removeNamedCatalog(form: FormData): Promise<{ error: string } | undefined> {
  const text = (name: string) => String(form.get(name) ?? '')
  const answer = await removeCatalogAction({ catalogId: text('catalogId'), typedName: text('typed') })
  if (!answer.ok) return { error: answer.error.message }
  redirect('/settings/catalogs')
}
