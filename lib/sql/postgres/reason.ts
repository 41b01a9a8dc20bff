import type { FailureReason } from '../failure'

// The manual, appendix "PostgreSQL Error Codes": exact codes first, then classes.
const reasons: readonly [string, FailureReason][] = [
  ['28', 'wrong-password'],
  ['3D000', 'no-database'],
  ['3F000', 'no-table'],
  ['42P01', 'no-table'],
  ['42703', 'no-table'],
  ['42883', 'no-table'],
  ['42501', 'no-permission'],
  ['25006', 'read-only'],
  ['57014', 'ended'],
  ['57P01', 'lost'],
  ['57P02', 'lost'],
  ['57P03', 'unavailable'],
  ['57P05', 'lost'],
  ['53300', 'too-many'],
  ['55P03', 'locked'],
  ['40P01', 'locked'],
  ['08', 'lost'],
  ['XX001', 'damaged'],
  ['XX002', 'damaged'],
]

/** What an SQLSTATE of PostgreSQL means. */
export function postgresReason(sqlState: string): FailureReason {
  return reasons.find(([code]) => sqlState.startsWith(code))?.[1] ?? 'other'
}
