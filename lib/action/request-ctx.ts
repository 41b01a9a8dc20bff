import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { findSignedIn } from '@/lib/auth/current-actor'
import { work } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { logError, newRequestId } from '@/lib/log'

/** The context of nobody: for sign-in and the one-time links. */
export function nobodyCtx(): Ctx {
  return { actor: { kind: 'system', name: 'nobody' }, requestId: newRequestId() }
}

/**
 * The context of whoever sent these headers. Throws AppError `unauthenticated` without a session, and `forbidden` before
 * a second factor that he must have (`isSettingUp`: not where he sets it up).
 */
export async function ctxOf(headers: Headers, isSettingUp = false): Promise<Ctx> {
  const signedIn = await findSignedIn(headers)
  if (!signedIn)
    throw new AppError('unauthenticated', 'expected a session, got none', {
      userMessage: 'Your session has ended. Sign in again; what you typed stays on this page.',
    })
  if (signedIn.mustSetUp && !isSettingUp)
    throw new AppError('forbidden', 'expected a second factor, found none', {
      userMessage: 'An admin asks everybody for a second factor. Set yours up first, at /second-factor.',
    })
  return { actor: signedIn.actor, requestId: newRequestId() }
}

/** Keeps a refusal in the record of deeds; a refusal that cannot be kept is still a refusal. */
export async function recordRefusal(ctx: Ctx, error: unknown): Promise<void> {
  if (!isAppError(error) || error.code !== 'forbidden' || ctx.actor.kind !== 'user') return
  const label = typeof error.data.right === 'string' ? error.data.right : error.message
  await work((tx) => writeAudit(tx, ctx, { verb: 'was refused', object: 'session', label, outcome: 'refused' })).catch(
    (failure: unknown) => logError(ctx, failure, 'a refusal could not be recorded'),
  )
}
