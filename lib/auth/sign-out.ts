import { headers } from 'next/headers'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from './actor'
import { auth } from './auth'
import { workEndingSessions } from './session-ends'

/** Ends the session of whoever asks; the library takes its cookie back. */
export async function signOut(ctx: Ctx): Promise<void> {
  await auth().api.signOut({ headers: await headers() })
  await workEndingSessions((tx) => writeAudit(tx, ctx, { verb: 'sign out', object: 'session', label: ctx.actor.name }))
}
