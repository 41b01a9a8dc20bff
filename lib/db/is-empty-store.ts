import { existsSync } from 'node:fs'
import { createClient } from '@libsql/client'

/** Whether the store's file is missing or no table in it holds a row (the migrations' history aside). */
export async function isEmptyStore(file: string): Promise<boolean> {
  if (!existsSync(file)) return true
  const client = createClient({ url: `file:${file}` })
  try {
    const tables = await client.execute(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '_prisma_migrations'",
    )
    for (const { name } of tables.rows) {
      const quoted = String(name).replaceAll('"', '""')
      const rows = await client.execute(`SELECT 1 FROM "${quoted}" LIMIT 1`)
      if (rows.rows.length > 0) return false
    }
    return true
  } finally {
    client.close()
  }
}
