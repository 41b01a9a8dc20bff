import { headers } from 'next/headers'
import { writeAudit } from '@/lib/audit/write-audit'
import { work } from '@/lib/db'
import type { Ctx } from './actor'
import { auth } from './auth'

/** Ends the session of whoever asks; the library takes its cookie back. */
export async function signOut(ctx: Ctx): Promise<void> {
  await auth().api.signOut({ headers: await headers() })
  await work((tx) => writeAudit(tx, ctx, { verb: 'sign out', object: 'session', label: ctx.actor.name }))
}
