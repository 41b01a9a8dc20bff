import type { StoredFacts } from './stored-facts'

/** The few figures of a host that lists and sparklines show; null is "not read". Percentages are 0 to 100. */
export interface HostFigures {
  /** "Debian 12" */
  system: string | null
  load1: number | null
  memoryPercent: number | null
  fullest: { mount: string; percent: number } | null
  updates: number | null
  securityUpdates: number | null
  rebootRequired: boolean | null
  failedUnits: number | null
  /** Whole days until the first certificate expires; negative: since. */
  certificateDays: number | null
  /** Parts that could not be read, not counting what the host simply does not have. */
  notRead: number
}

/** The figures in a host's facts, or null when nothing was ever read. */
export function hostFigures(facts: StoredFacts | null): HostFigures | null {
  return facts === null ? null : null
}
