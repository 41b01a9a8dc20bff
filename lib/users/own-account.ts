import type { Actor, Ctx } from '@/lib/auth/actor'
import { AppError } from '@/lib/errors'

/** The person who acts, for what everybody may do with the own account alone. Throws AppError `forbidden` for the process itself. */
export function ownAccount(ctx: Ctx): Actor & { kind: 'user' } {
  if (ctx.actor.kind === 'user') return ctx.actor
  throw new AppError('forbidden', `expected a person, got ${ctx.actor.name}`, {
    userMessage: 'Only a person who is signed in can do this.',
  })
}
