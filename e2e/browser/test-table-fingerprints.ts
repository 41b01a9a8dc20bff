import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createClient } from '@libsql/client'

/**
 * A hash of each table of a Pollux's store but those named, also while it runs: two that are equal tell that nothing
 * was written.
 */
export async function tableFingerprints(dataDir: string, but: readonly string[] = []): Promise<Record<string, string>> {
  const client = createClient({ url: `file:${join(dataDir, 'pollux.db')}` })
  try {
    const tables = await client.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    const prints: Record<string, string> = {}
    for (const { name } of tables.rows) {
      if (but.includes(String(name))) continue
      const rows = await client.execute(`SELECT * FROM "${String(name)}"`)
      prints[String(name)] = createHash('sha256').update(JSON.stringify(rows.rows)).digest('hex')
    }
    return prints
  } finally {
    client.close()
  }
}
