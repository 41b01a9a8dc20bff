import { renameSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Client, createClient } from '@libsql/client'

/** SQLite takes at most 32,766 values in one statement. */
const valuesAtOnce = 30_000

type Row = Readonly<Record<string, string | number | null>>

/**
 * Makes an SQLite file with tables and rows, in place of what was there. Names of tables and columns are the caller's own,
 * never from outside. Throws what the driver throws, and leaves an earlier file as it was then.
 */
export async function writeSqliteFile(
  path: string,
  schema: string,
  tables: Readonly<Record<string, readonly Row[]>>,
): Promise<void> {
  const draft = `${path}.draft`
  rmSync(draft, { force: true })
  const client = createClient({ url: pathToFileURL(draft).href })
  try {
    await client.executeMultiple(schema)
    await insertAll(client, tables)
  } finally {
    client.close()
  }
  renameSync(draft, path)
}

async function insertAll(client: Client, tables: Readonly<Record<string, readonly Row[]>>): Promise<void> {
  const tx = await client.transaction('write')
  try {
    for (const [table, rows] of Object.entries(tables)) {
      const columns = Object.keys(rows[0] ?? {})
      const atOnce = Math.floor(valuesAtOnce / Math.max(1, columns.length))
      for (let from = 0; from < rows.length; from += atOnce) {
        const part = rows.slice(from, from + atOnce)
        const marks = `(${columns.map(() => '?').join(', ')})`
        const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${part.map(() => marks).join(', ')}`
        await tx.execute({ sql, args: part.flatMap((row) => columns.map((column) => row[column] ?? null)) })
      }
    }
    await tx.commit()
  } finally {
    tx.close()
  }
}
