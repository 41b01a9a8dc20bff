import { single } from '@/lib/config/single'
import { AppError } from '@/lib/errors'

const windowMs = 15 * 60_000
const mostFailures = 8
const mostKeys = 10_000

/** Throws AppError `locked` when an account had too many failed sign-ins in the last quarter of an hour. */
export function checkSignInLimit(email: string, now = Date.now()): void {
  const times = recent(email, now)
  const oldest = times[0]
  if (times.length < mostFailures || oldest === undefined) return
  const minutes = Math.ceil((oldest + windowMs - now) / 60_000)
  throw new AppError('locked', `expected fewer than ${mostFailures} failures for an account`, {
    userMessage: `Too many tries failed for this address. Try again in ${minutes} min.`,
  })
}

/**
 * Counts one failed try. A try is counted before its password is looked at, and forgotten when it was right, so that
 * many at the same time do not all pass the limit together.
 */
export function countFailedSignIn(email: string, now = Date.now()): void {
  const times = [...recent(email, now), now]
  // Made anew, it moves to the end: the first keys are the ones that were quiet for longest.
  failures().delete(keyOf(email))
  failures().set(keyOf(email), times)
  for (const key of failures().keys()) {
    if (failures().size <= mostKeys) return
    failures().delete(key)
  }
}

/** Forgets an account's failures after a good sign-in. */
export function forgetFailedSignIns(email: string): void {
  failures().delete(keyOf(email))
}

function recent(email: string, now: number): number[] {
  return (failures().get(keyOf(email)) ?? []).filter((time) => time > now - windowMs)
}

function failures(): Map<string, number[]> {
  return single('sign-in-failures', () => new Map<string, number[]>())
}

function keyOf(email: string): string {
  return email.trim().toLowerCase()
}
