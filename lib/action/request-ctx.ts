import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/current-actor'
import { work } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { logError, newRequestId } from '@/lib/log'

/** The context of nobody: for sign-in and the one-time links. */
export function nobodyCtx(): Ctx {
  return { actor: { kind: 'system', name: 'nobody' }, requestId: newRequestId() }
}

/** The context of whoever sent these headers. Throws AppError `unauthenticated` without a session. */
export async function ctxOf(headers: Headers): Promise<Ctx> {
  const actor = await findActor(headers)
  if (actor) return { actor, requestId: newRequestId() }
  throw new AppError('unauthenticated', 'expected a session, got none', {
    userMessage: 'Your session has ended. Sign in again; what you typed stays on this page.',
  })
}

/** Keeps a refusal in the record of deeds; a refusal that cannot be kept is still a refusal. */
export async function recordRefusal(ctx: Ctx, error: unknown): Promise<void> {
  if (!isAppError(error) || error.code !== 'forbidden' || ctx.actor.kind !== 'user') return
  const label = typeof error.data.right === 'string' ? error.data.right : error.message
  await work((tx) => writeAudit(tx, ctx, { verb: 'was refused', object: 'session', label, outcome: 'refused' })).catch(
    (failure: unknown) => logError(ctx, failure, 'a refusal could not be recorded'),
  )
}
