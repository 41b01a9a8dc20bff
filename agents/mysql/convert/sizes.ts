import { fileSystemOf } from '../facts/facts'
import type { BigTable } from '../facts/said-facts'
import type { ResolvedServer } from '../server/resolve-server'
import type { TableName } from './desired'
import { isSameTable } from './table-name'

/** InnoDB makes no smaller file, whatever is in it. */
const LEAST_BYTES = 1_048_576

/**
 * What the facts tell of a table. `null`: they name the 200 largest only, and it is none of them. `absent`: all were told,
 * and there is none of that name.
 */
export function toldOf({ said }: ResolvedServer, table: TableName): BigTable | 'absent' | null {
  if (said.biggest.state === 'not-read') return null
  const found = said.biggest.value.find((one) => isSameTable(one, table))
  return found ?? (said.biggest.value.length < 200 ? 'absent' : null)
}

/** Data and keys of a table in bytes, at least one MiB. Of a table that is not named, as many as the smallest that is. */
export function bytesOf(server: ResolvedServer, table: TableName): number {
  const told = toldOf(server, table)
  const { biggest } = server.said
  const smallest = biggest.state === 'read' ? biggest.value.at(-1) : undefined
  const of = told === null || told === 'absent' ? smallest : told
  return Math.max(LEAST_BYTES, (of?.dataBytes ?? 0) + (of?.indexBytes ?? 0))
}

/**
 * Bytes that converting these tables may need: InnoDB takes up to 2.5 times what MyISAM took, and the old tables go when all
 * new ones stand. On the way back each old table makes room first.
 */
export function neededBytes(sizes: readonly number[]): number {
  return 2.5 * sizes.reduce((sum, bytes) => sum + bytes, 0)
}

/** Free bytes where the data lies; null where that is not known. */
export function freeBytes({ facts, server }: ResolvedServer): number | null {
  return server.dataDir === null ? null : (fileSystemOf(facts, server.dataDir)?.availableBytes ?? null)
}

/** "2 KB", "34 MB", "1.2 GB" */
export function inWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} KB`
}
