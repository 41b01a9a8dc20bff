import { type AppError, isAppError } from '@/lib/errors'

/** The AppError that a promise ends with; fails when it ends otherwise. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const value = await promise.then(
    (result) => ({ result }),
    (error: unknown) => error,
  )
  if (!isAppError(value)) throw new Error(`expected an AppError, got ${JSON.stringify(value)}`)
  return value
}
