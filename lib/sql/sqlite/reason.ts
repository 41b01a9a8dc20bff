import type { FailureReason } from '../failure'

/** What a result code of SQLite means ("Result and Error Codes"); the low byte of an extended one is its kind. */
export function sqliteReason(code: number): FailureReason {
  switch (code & 0xff) {
    case 3:
    case 23:
      return 'no-permission'
    case 5:
    case 6:
      return 'locked'
    case 8:
      return 'read-only'
    case 9:
      return 'ended'
    case 11:
      return 'damaged'
    case 14:
      return 'no-file'
    case 26:
      return 'no-sqlite'
    default:
      return 'other'
  }
}
