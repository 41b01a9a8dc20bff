import { existsSync } from 'node:fs'
import { createClient } from '@libsql/client'
import { storeTrouble } from './store-trouble'

/** The proof of its sealing key that a store has in it, base64; null where there is none. Works on a store of any version. */
export async function readKeyProof(file: string): Promise<string | null> {
  if (!existsSync(file)) return null
  const client = createClient({ url: `file:${file}` })
  try {
    const table = await client.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'setting'")
    if (table.rows.length === 0) return null
    const found = await client.execute("SELECT value FROM setting WHERE key = 'sealing-key-proof'")
    const value = found.rows[0]?.['value']
    return value === undefined ? null : String(value)
  } catch (cause) {
    throw storeTrouble(file, cause)
  } finally {
    client.close()
  }
}
