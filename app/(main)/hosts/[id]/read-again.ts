'use server'

import { revalidatePath } from 'next/cache'
import { readHostAction } from '../actions'

/** Reads a host anew; when it is out of reach the page itself says why, from what the reading kept. */
export async function readAgain(hostId: string): Promise<void> {
  await readHostAction({ hostId, tier: 'deep' })
  revalidatePath(`/hosts/${hostId}`, 'layout')
}
