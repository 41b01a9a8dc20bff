import type { HostFigures } from './host-figures'
import type { KeyState } from './key-state'
import { type Reach, reachWords } from './reach'

/** The shapes of the screen's status marks that a host can have. */
export type HostMark = 'ok' | 'warn' | 'bad' | 'unknown' | 'ask'

/** How a host is, in one shape and a few words; the worst first. */
export interface HostState {
  mark: HostMark
  word: string
}

/** At which part full a file system is said to hurt soon, and now. */
export const fullSoon = 85
export const fullNow = 95

/** What a list says of a host. Out of reach comes before everything that was read while it was in reach. */
export function hostState(host: { reach: Reach; keys: KeyState; figures: HostFigures | null }): HostState {
  if (host.keys === 'changed') return { mark: 'bad', word: 'Key changed' }
  if (host.reach !== 'ok' && host.reach !== 'unread') return { mark: 'bad', word: reachWords[host.reach] }
  if (host.keys === 'none') return { mark: 'ask', word: 'Key to confirm' }
  if (!host.figures) return { mark: 'unknown', word: 'Not read yet' }
  return worstOf(host.figures)
}

function worstOf(figures: HostFigures): HostState {
  const { fullest, failedUnits, rebootRequired, securityUpdates, certificateDays } = figures
  if (fullest && fullest.percent >= fullNow) return { mark: 'bad', word: 'Disk full' }
  if (failedUnits !== null && failedUnits > 0)
    return { mark: 'bad', word: failedUnits === 1 ? '1 unit failed' : `${failedUnits} units failed` }
  if (certificateDays !== null && certificateDays < 0) return { mark: 'bad', word: 'Certificate expired' }
  if (fullest && fullest.percent >= fullSoon) return { mark: 'warn', word: 'Disk fills up' }
  if (certificateDays !== null && certificateDays < 14) return { mark: 'warn', word: 'Certificate expires' }
  if (securityUpdates !== null && securityUpdates > 0) return { mark: 'warn', word: 'Security updates' }
  if (rebootRequired) return { mark: 'warn', word: 'Reboot due' }
  if (figures.notRead > 0) return { mark: 'unknown', word: 'Read in part' }
  return { mark: 'ok', word: 'Fine' }
}
