'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/lib/action'
import { signOut } from '@/lib/auth/sign-out'

const leave = action('setting up', z.undefined(), signOut)

/** Ends the session and leads to the sign-in. */
export async function signOutAction(): Promise<void> {
  await leave(undefined)
  redirect('/sign-in')
}
