/** How a change that touched a host can end (design: the closed set), then how one can end that touched none. */
export const outcomes = [
  'applied',
  'applied-unverified',
  'reverted',
  'foreign-edit-kept',
  'split',
  'undo-failed',
  'not-started',
  'cancelled',
  'expired',
] as const

export type Outcome = (typeof outcomes)[number]

/** What became of a host, or of the change, as a part of a sentence. */
const endings: Readonly<Record<Outcome, string>> = {
  applied: 'applied and proved',
  'applied-unverified': 'applied, but not all of its proof could be read',
  reverted: 'taken back',
  'foreign-edit-kept': 'taken back, but for what another hand had edited since',
  split: 'split: applied on some hosts, as before on others',
  'undo-failed': 'not all of it could be taken back',
  'not-started': 'not begun, nothing was touched',
  cancelled: 'cancelled, nothing was touched',
  expired: 'its approval expired, nothing was touched',
}

/** How a change can end on one host. */
export type HostOutcome = Exclude<Outcome, 'split' | 'cancelled' | 'expired'>

const hostOutcomes: readonly HostOutcome[] = [
  'applied',
  'applied-unverified',
  'reverted',
  'foreign-edit-kept',
  'undo-failed',
  'not-started',
]

/** Reads an outcome that a host wrote; null for any other text. */
export function parseHostOutcome(text: string): HostOutcome | null {
  return hostOutcomes.find((outcome) => outcome === text) ?? null
}

/** Whether the host is as the change wanted it. */
export function isNew(outcome: HostOutcome): boolean {
  return outcome === 'applied' || outcome === 'applied-unverified'
}

/** Whether the host is as it was before. */
export function isOld(outcome: HostOutcome): boolean {
  return outcome === 'reverted' || outcome === 'not-started'
}

/**
 * The outcome of the whole change from those of its hosts. The worst speaks first; hosts that ended on
 * different sides are `split`.
 */
export function outcomeOf(hosts: readonly HostOutcome[]): Outcome {
  if (hosts.includes('undo-failed')) return 'undo-failed'
  if (hosts.some(isNew) && !hosts.every(isNew)) return 'split'
  if (hosts.includes('foreign-edit-kept')) return 'foreign-edit-kept'
  if (hosts.includes('applied-unverified')) return 'applied-unverified'
  if (hosts.includes('applied')) return 'applied'
  if (hosts.includes('reverted')) return 'reverted'
  return 'not-started'
}

/** An ending in words; a text that is none, as it stands. */
export function endingText(outcome: string): string {
  const known = outcomes.find((each) => each === outcome)
  return known ? endings[known] : outcome
}
