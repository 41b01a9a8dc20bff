import { statSync } from 'node:fs'
import { createClient } from '@libsql/client'
import { damagedStore, storeTrouble } from './store-trouble'

/** What a store's file says of itself. */
export interface StoreState {
  /** The names of its finished migrations, in order. */
  migrations: string[]
  /** The value that the sealing key's proof has in it, base64; null where there is none. */
  keyProof: string | null
}

/**
 * Opens a store that nobody uses and goes through all of it. Throws AppError `internal` with a sentence when it is damaged,
 * cut short, or no store of Pollux.
 */
export async function inspectStore(file: string): Promise<StoreState> {
  const client = createClient({ url: `file:${file}` })
  try {
    const integrity = await client.execute('PRAGMA integrity_check(1)')
    const verdict = String(integrity.rows[0]?.['integrity_check'])
    if (verdict !== 'ok') throw damagedStore(file, verdict)
    const broken = await client.execute('PRAGMA foreign_key_check')
    if (broken.rows.length > 0) throw damagedStore(file, `${broken.rows.length} broken references`)
    const history = await client.execute(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at, migration_name',
    )
    const proof = await client.execute("SELECT value FROM setting WHERE key = 'sealing-key-proof'")
    const value = proof.rows[0]?.['value']
    return {
      migrations: history.rows.map((row) => String(row['migration_name'])),
      keyProof: value === undefined ? null : String(value),
    }
  } catch (cause) {
    throw storeTrouble(file, cause)
  } finally {
    client.close()
  }
}

/**
 * Looks whether a store's file is as long as it says: SQLite itself notices only when it needs a page that is gone. Writes
 * the log back first, as after a process that was killed. Cheap, for every start. Throws AppError as `inspectStore`.
 */
export async function refuseCutShort(file: string): Promise<void> {
  const client = createClient({ url: `file:${file}` })
  try {
    const { rows: checkpoint } = await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    if (checkpoint[0]?.['busy'] === 1) return
    const { rows: pages } = await client.execute('PRAGMA page_count')
    const { rows: size } = await client.execute('PRAGMA page_size')
    const expected = Number(pages[0]?.['page_count']) * Number(size[0]?.['page_size'])
    const found = statSync(file).size
    if (found < expected) throw damagedStore(file, `${found} bytes of ${expected}`)
  } catch (cause) {
    throw storeTrouble(file, cause)
  } finally {
    client.close()
  }
}
