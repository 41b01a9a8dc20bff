import type { TableName } from './desired'
import { identifierOf } from './table-name'

/** What a server says of a table whose index it cannot read at all: a repair would need the index itself. */
const indexIsGone = /^Index for table|^Incorrect file format|\.MYI\b/

/**
 * What a person can do about a table that the server cannot open, by the server's own words (MariaDB and MySQL manual,
 * "REPAIR TABLE"). Nothing of it is done by Pollux.
 */
export function wayOut(table: TableName, said: string): string {
  const copy = 'Copy its files to another place first, then run'
  if (indexIsGone.test(said))
    return `${copy} REPAIR TABLE ${identifierOf(table)} USE_FRM, which makes its index anew from its rows.`
  if (/crashed|repair/i.test(said))
    return `${copy} REPAIR TABLE ${identifierOf(table)}, which gives up the rows that it cannot read.`
  return 'Bring it back from a backup, or drop it: the log of the server may tell more.'
}
