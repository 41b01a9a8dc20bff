import { AppError } from '@/lib/errors'

/**
 * The one way to say that a wish cannot be met.
 * `sentence` is for the person; `field` the path in the form ("hosts.ID.KEY"), when one choice is at fault.
 */
export function refuse(sentence: string, field?: string): AppError {
  return new AppError('invalid', sentence, {
    userMessage: sentence,
    ...(field === undefined ? {} : { fields: { [field]: sentence } }),
  })
}
