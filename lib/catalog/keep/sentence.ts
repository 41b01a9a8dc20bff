import type { Ctx } from '@/lib/auth/actor'
import { isAppError } from '@/lib/errors'
import { logError } from '@/lib/log'

/** What a person is told of a reading that failed; what is a mistake of Pollux's own goes to the log with its cause. */
export function sentenceFor(ctx: Ctx, error: unknown): string {
  if (isAppError(error) && error.userMessage !== undefined) return error.userMessage
  logError(ctx, error, 'a catalog could not be kept')
  return 'It could not be read; the log of the server says why.'
}
