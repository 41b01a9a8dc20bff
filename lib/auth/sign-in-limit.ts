import { single } from '@/lib/config/single'
import { AppError, isAppError } from '@/lib/errors'

const windowMs = 15 * 60_000
const mostFailures = 8
const mostFromOnePlace = 60
const mostKeys = 10_000

/** Throws AppError `locked` when an account had too many failed sign-ins in the last quarter of an hour. */
export function checkSignInLimit(email: string, now = Date.now()): void {
  check(email, mostFailures, 'for this address', now)
}

/** The same for the machine that they come from, whichever accounts it tries; `peer` is its IP address. */
export function checkPlaceLimit(peer: string, now = Date.now()): void {
  check(placeKey(peer), mostFromOnePlace, 'from this machine', now)
}

function check(key: string, most: number, where: string, now: number): void {
  const times = recent(key, now)
  const oldest = times[0]
  if (times.length < most || oldest === undefined) return
  const minutes = Math.ceil((oldest + windowMs - now) / 60_000)
  throw new AppError('locked', `expected fewer than ${most} failures ${where}`, {
    userMessage: `Too many tries failed ${where}. Try again in ${minutes} min.`,
  })
}

/** Counts one failed try from a machine. */
export function countFailureFrom(peer: string, now = Date.now()): void {
  countFailedSignIn(placeKey(peer), now)
}

/** Takes back one try from a machine, the one that turned out right: the others stay. */
export function forgiveTryFrom(peer: string, now = Date.now()): void {
  forgiveTry(placeKey(peer), now)
}

/** The same for an account: what came before the try that was no failure stays counted. */
export function forgiveTry(email: string, now = Date.now()): void {
  const left = recent(email, now).slice(0, -1)
  if (left.length > 0) failures().set(keyOf(email), left)
  else failures().delete(keyOf(email))
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

/**
 * Runs a try that anybody can make with what he found or guessed, such as a one-time link: it counts against the machine
 * it came from when it was refused as `expired`. Throws AppError `locked` after too many; null is no machine, and
 * nothing is counted.
 */
export async function tryFrom<T>(peer: string | null, run: () => Promise<T>): Promise<T> {
  if (peer === null) return run()
  checkPlaceLimit(peer)
  countFailureFrom(peer)
  try {
    const result = await run()
    forgiveTryFrom(peer)
    return result
  } catch (error) {
    if (!isAppError(error) || error.code !== 'expired') forgiveTryFrom(peer)
    throw error
  }
}

/** Forgets an account's failures after a good sign-in. */
export function forgetFailedSignIns(email: string): void {
  failures().delete(keyOf(email))
}

// A try of the future was counted before the clock was set back: it would lock until that time comes again.
function recent(email: string, now: number): number[] {
  return (failures().get(keyOf(email)) ?? []).filter((time) => time > now - windowMs && time <= now)
}

function failures(): Map<string, number[]> {
  return single('sign-in-failures', () => new Map<string, number[]>())
}

// No e-mail address holds a space, so it can't be taken for an account.
function placeKey(peer: string): string {
  return `from ${peer}`
}

function keyOf(email: string): string {
  return email.trim().toLowerCase()
}
