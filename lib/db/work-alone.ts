import { openStore } from './client'
import type { Tx } from './work'

/**
 * Runs one unit of work on a store that nobody else uses, however long it takes, and leaves all of it in the one file. For
 * commands that hold the data folder's lock.
 */
export async function workAlone<T>(file: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  const opened = openStore(file)
  try {
    const result = await opened.$transaction(run, { timeout: 3_600_000 })
    await opened.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`
    return result
  } finally {
    await opened.$disconnect()
  }
}

/** Writes a store anew without what was deleted or written over: such bytes stay in free pages until then. */
export async function compactStore(file: string): Promise<void> {
  const opened = openStore(file)
  try {
    await opened.$executeRaw`VACUUM`
    await opened.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`
  } finally {
    await opened.$disconnect()
  }
}

/**
 * Lets the next change have a number that is `by` higher: after the backup was made, the hosts may have seen changes whose
 * numbers the restored store would give again.
 */
export async function skipChangeNumbers(tx: Tx, by: number): Promise<void> {
  const known = await tx.$executeRaw`UPDATE sqlite_sequence SET seq = seq + ${by} WHERE name = 'change'`
  if (known === 0) await tx.$executeRaw`INSERT INTO sqlite_sequence (name, seq) VALUES ('change', ${by})`
}
