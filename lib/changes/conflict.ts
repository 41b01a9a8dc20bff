import { AppError } from '@/lib/errors'

/** An AppError `conflict` whose one sentence is for the log and for the screen. */
export function conflict(sentence: string): AppError {
  return new AppError('conflict', sentence, { userMessage: sentence })
}
