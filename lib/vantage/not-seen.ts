import { AppError, isAppError } from '@/lib/errors'

/** Ends a look: what could not be learned, as one plain sentence. */
export function notSeen(sentence: string, data: Record<string, unknown> = {}): AppError {
  return new AppError('unreachable', sentence, { userMessage: sentence, data })
}

/**
 * The sentence of an error that ended a look or a part of it: what the network did, or that the host could not be
 * reached. Any other error is a mistake of ours and is thrown on.
 */
export function sentenceOf(error: unknown): string {
  if (isAppError(error) && error.code !== 'internal') return error.userMessage ?? error.message
  throw isAppError(error) ? error : new AppError('internal', 'expected a look to end with AppError', { cause: error })
}

/** Why a signal ended something, as a sentence that begins with what was under way. */
export function endedBy(signal: AbortSignal, what: string): AppError {
  const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  return notSeen(isLate ? `${what}: there was no answer in time.` : `${what}: it was stopped.`, {
    reason: isLate ? 'no-answer' : 'stopped',
  })
}
