import type { FailureReason } from '../failure'

// The manuals of MySQL ("Server Error Message Reference", "Client Error Message Reference") and MariaDB ("Error Codes").
const reasons: readonly [FailureReason, readonly number[]][] = [
  // Also: an account of a plugin that cannot be used, one that is locked, one whose password must be changed first.
  ['wrong-password', [1045, 1130, 1251, 1275, 1524, 1698, 1820, 1862, 2049, 2054, 2059, 3118, 3159, 4151]],
  ['no-database', [1044, 1049]],
  ['no-table', [1051, 1054, 1109, 1146, 1305]],
  ['no-permission', [1142, 1143, 1227, 1356, 1370]],
  ['read-only', [1290, 1792, 1836]],
  ['too-long', [1969, 3024]],
  ['ended', [1317, 1927]],
  ['lost', [2006, 2013, 2055]],
  ['unavailable', [1053, 1077, 1079]],
  ['refused', [2002, 2003]],
  ['no-answer', [2005]],
  ['too-many', [1040, 1041, 1129, 1135, 1203, 1226]],
  ['locked', [1205, 1213]],
  ['damaged', [1033, 1034, 1035, 1194, 1195, 1712, 1877]],
]

/** What an error number of MySQL or MariaDB, or of their client, means. */
export function mysqlReason(number: number): FailureReason {
  return reasons.find(([, numbers]) => numbers.includes(number))?.[0] ?? 'other'
}
