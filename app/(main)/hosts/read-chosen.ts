'use server'

import { revalidatePath } from 'next/cache'
import { readHostsAction } from './actions'

/** Reads the hosts whose boxes are ticked; the list then shows how each went. */
export async function readChosenHosts(form: FormData): Promise<void> {
  const hostIds = form.getAll('host').filter((value): value is string => typeof value === 'string')
  if (hostIds.length > 0) await readHostsAction({ hostIds, tier: 'deep' })
  revalidatePath('/hosts')
}
