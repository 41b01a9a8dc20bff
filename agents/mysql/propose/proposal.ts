import type { Part } from '../memory'

export interface ProposedValue {
  name: string
  /** What option files or the running server say today; null where nothing does. */
  from: string | null
  /** As an option file says it; null: the setting is to be taken out. */
  to: string | null
  reason: string
  /** What the counters or the tables say for it; null where nothing does. */
  evidence: string | null
  /** Whether `SET GLOBAL` brings it about in the running server. */
  dynamic: boolean
  source: string
  /** To be written with `loose_` before its name, since a build may lack it. */
  loose: boolean
  /** Whether it stays what it is today. */
  kept: boolean
}

export interface Warning {
  level: 'note' | 'warning' | 'danger'
  sentence: string
}

export interface Proposal {
  values: readonly ProposedValue[]
  peak: { total: number; parts: readonly Part[]; assumptions: readonly string[] }
  budget: { bytes: number; left: number; isWithin: boolean }
  warnings: readonly Warning[]
  /** Why the proposal as a whole, or a wish in it, can not be. */
  refusals: readonly string[]
}
