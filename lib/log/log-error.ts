import type { Ctx } from '@/lib/auth/actor'
import { type ErrorCode, isAppError } from '@/lib/errors'
import { log } from './log'

/** What the person did or the world gave: worth a line, no alarm. */
const expected: readonly ErrorCode[] = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'expired',
  'stale-plan',
  'locked',
]

/** Logs a failure with who acted, and returns the id that finds it: the same that the person is shown. */
export function logError(ctx: Ctx, error: unknown, text = 'failed'): string {
  const fields = { requestId: ctx.requestId, actor: ctx.actor.name, err: error }
  if (isAppError(error) && expected.includes(error.code)) log.info(fields, text)
  else if (isAppError(error) && error.code !== 'internal') log.warn(fields, text)
  else log.error(fields, text)
  return ctx.requestId
}
