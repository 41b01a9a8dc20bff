import { AppError } from '@/lib/errors'
import { findSingle, replaceSingle } from './single'

/** Why Pollux serves, and does nothing else. */
export interface Paused {
  /** When the store was restored, ISO 8601. */
  at: string
  /** When the backup was made that it was restored from, ISO 8601. */
  backupAt: string
}

/** What this process knows of a pause; null while Pollux works. `loadPause` reads it at start. */
export function findPaused(): Paused | null {
  return findSingle<Paused>('paused') ?? null
}

/** Tells this process that Pollux is paused, or is no more. */
export function notePaused(paused: Paused | null): void {
  replaceSingle('paused', paused ?? undefined)
}

/**
 * Stands before every way out of this machine and before every approval (rule 11: a restored store starts paused).
 * Throws AppError `locked`.
 */
export function refuseWhilePaused(): void {
  if (findPaused() === null) return
  throw new AppError('locked', 'expected Pollux to work, got one that is paused', {
    userMessage:
      'Pollux is paused, because its store was restored from a backup: it connects to nothing and changes nothing until an admin resumes it.',
  })
}
