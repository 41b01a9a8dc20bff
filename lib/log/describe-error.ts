import { isAppError } from '@/lib/errors'
import { redactKeys } from './redact'

const longestChain = 5

/** An error as the log keeps it: name, message, code, stack, data and the errors behind it. */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return redactKeys(error)
  return {
    name: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    ...(isAppError(error) && Object.keys(error.data).length > 0 ? { data: redactKeys(error.data) } : {}),
    stack: error.stack,
    ...(error.cause !== undefined && depth < longestChain ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}
