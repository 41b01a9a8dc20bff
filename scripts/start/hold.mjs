// Locks that the kernel gives back when their process is gone, however it ended: those that SQLite takes on its files.
// The files hold nothing. Never open one by other means in the same process: closing it would drop the lock.
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Takes a lock on a file and keeps it until `release`, or until the process ends.
 * @param {'alone' | 'shared'} how
 * @returns {Promise<{release(): void} | null>} null when another process holds it in a way that does not go with this.
 */
export async function hold(file, how) {
  const { createClient } = await import('@libsql/client')
  mkdirSync(dirname(file), { recursive: true })
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  const client = createClient({ url: `file:${file}` })
  try {
    await client.execute(how === 'alone' ? 'BEGIN EXCLUSIVE' : 'BEGIN')
    await client.execute('SELECT count(*) FROM sqlite_master')
  } catch (error) {
    client.close()
    if (String(error.code).startsWith('SQLITE_BUSY')) return null
    throw error
  }
  const held = {
    // Closing alone would not do: the file stays open until the garbage collector has seen its last statement.
    release() {
      if (kept.delete(held)) client.execute('ROLLBACK').finally(() => client.close())
    },
  }
  kept.add(held)
  return held
}

// Without a reference the garbage collector would close the file, and so drop the lock.
const kept = new Set()
