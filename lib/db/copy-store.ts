import { closeSync, openSync } from 'node:fs'
import { createClient } from '@libsql/client'
import { damagedStore, isDamage } from './store-trouble'

/**
 * Writes a whole copy of a store into a new file, as the store stands at one moment, also while others read and write it
 * (SQLite, "VACUUM INTO"). Throws AppError `internal` when the store is damaged. It blocks this thread meanwhile, so it belongs into a process that serves nobody.
 */
export async function copyStore(from: string, to: string): Promise<void> {
  closeSync(openSync(to, 'wx', 0o600))
  const client = createClient({ url: `file:${from}` })
  try {
    await client.execute('PRAGMA busy_timeout = 15000')
    await client.execute({ sql: 'VACUUM INTO ?', args: [to] })
  } catch (cause) {
    throw isDamage(cause) ? damagedStore(from, String(cause)) : cause
  } finally {
    client.close()
  }
}
