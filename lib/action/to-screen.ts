import type { Ctx } from '@/lib/auth/actor'
import { troubleSentence } from '@/lib/db/store-trouble'
import { type ErrorCode, isAppError } from '@/lib/errors'
import { logError } from '@/lib/log'

/** An error as the browser gets it. */
export interface ScreenError {
  code: ErrorCode
  /** A sentence: what is wrong and what to do. */
  message: string
  /** Sentences per form field. */
  fields?: Record<string, string>
  /** Finds the error in the log. */
  id: string
}

/** The one adapter from what was thrown to what is shown. It logs; what it does not know it shows as a sentence with the id. */
export function toScreen(ctx: Ctx, error: unknown): ScreenError {
  const id = logError(ctx, error)
  if (isAppError(error) && error.userMessage)
    return { code: error.code, message: error.userMessage, fields: error.fields, id }
  const trouble = troubleSentence('the store', error)
  if (trouble !== null) return { code: 'internal', message: trouble, id }
  const code = isAppError(error) ? error.code : 'internal'
  return { code, message: `Something went wrong that Pollux did not expect. Its log tells more under ${id}.`, id }
}
