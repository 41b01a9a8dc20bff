import type { TableName } from './convert/desired'
import { identifierOf } from './convert/table-name'
import type { MysqlDesired } from './desired'

/**
 * What of a host a wish is about: the values of one server, some of its tables, or that there is a server at all, or
 * Pollux's account on one. So a
 * conversion hides no tuning, nor that of another server. Tables are told in any order.
 */
export function scopeOf(desired: MysqlDesired): string {
  switch (desired.kind) {
    case 'tune':
      return `tune ${desired.server}`
    case 'convert':
      return `convert ${desired.server} ${namesOf(desired.tables).join(' ')}`
    case 'install':
      // One is installed only where there is none: wherever its data lie, it takes the place of the one before.
      return 'install'
    case 'account':
      return `account ${desired.server}`
  }
}

/** As statements name them, which tells odd names apart. */
function namesOf(tables: readonly TableName[]): string[] {
  return tables.map(identifierOf).toSorted()
}
