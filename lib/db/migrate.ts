import { createHash, randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient, type Transaction } from '@libsql/client'
import { AppError } from '@/lib/errors'
import { type AppliedMigration, choosePending, type Migration } from './pending-migrations'

export interface MigrateOptions {
  /** The folder of Prisma-shaped migrations: one folder each, with a `migration.sql`. */
  migrationsDir?: string
  /** How long to wait for another process that migrates, in milliseconds. */
  patienceMs?: number
}

/**
 * Brings the store in `file` up to date and returns the names of the migrations it applied. Keeps Prisma's own table
 * `_prisma_migrations`, so that Prisma's tools agree. Each migration is one transaction: it is there, or nothing of it.
 * Throws AppError `conflict` with a sentence for the person when the store's history and the files do not fit.
 */
export async function migrateStore(file: string, options: MigrateOptions = {}): Promise<string[]> {
  const known = readMigrations(options.migrationsDir ?? resolve('prisma/migrations'))
  closeSync(openSync(file, 'a', 0o600))
  const client = createClient({ url: `file:${file}` })
  try {
    await client.execute('PRAGMA journal_mode = WAL')
    const applied: string[] = []
    for (;;) {
      const name = await applyNext(client, known, Date.now() + (options.patienceMs ?? 15_000))
      if (name === null) return applied
      applied.push(name)
    }
  } finally {
    client.close()
  }
}

/** The names of the migrations that a store lacks; it is only read. Throws AppError `conflict` as `migrateStore` does. */
export async function listPending(file: string, migrationsDir = resolve('prisma/migrations')): Promise<string[]> {
  const client = createClient({ url: `file:${file}` })
  const tx = await client.transaction('read')
  try {
    const pending = choosePending(readMigrations(migrationsDir), await readHistory(tx), await hasOtherTables(tx))
    return pending.map((migration) => migration.name)
  } finally {
    tx.close()
    client.close()
  }
}

/** Reads the migrations' files in the order of their names, with the checksums that Prisma writes (sha256, hex). */
export function readMigrations(dir: string): Migration[] {
  return readdirSync(dir)
    .filter((name) => existsSync(join(dir, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(dir, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Applies the first pending migration under the store's write lock; null when none is pending. */
async function applyNext(client: Client, known: readonly Migration[], deadline: number): Promise<string | null> {
  // A table that is dropped to be made anew must not take its children along; inside a transaction this has no effect.
  await client.execute('PRAGMA foreign_keys = OFF')
  const tx = await lockForWriting(client, deadline)
  try {
    const next = choosePending(known, await readHistory(tx), await hasOtherTables(tx))[0]
    if (!next) return null
    await tx.execute(historyTable)
    await runMigration(tx, next)
    await tx.commit()
    return next.name
  } finally {
    tx.close()
  }
}

async function runMigration(tx: Transaction, migration: Migration): Promise<void> {
  const startedAt = Date.now()
  try {
    await tx.executeMultiple(migration.sql)
    const broken = await tx.execute('PRAGMA foreign_key_check')
    if (broken.rows.length > 0)
      throw new Error(`expected no broken reference, got ${broken.rows.length}: ${JSON.stringify(broken.rows[0])}`)
  } catch (cause) {
    throw new AppError('conflict', `migration ${migration.name} failed`, {
      cause,
      userMessage: `The store could not be brought up to date: migration ${migration.name} failed (${reasonOf(cause)}). Nothing of it was kept.`,
    })
  }
  await tx.execute({
    sql: 'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)',
    args: [randomUUID(), migration.checksum, migration.name, startedAt, Date.now()],
  })
}

// The driver waits for a lock without giving up the thread, so the waiting is done here.
async function lockForWriting(client: Client, deadline: number): Promise<Transaction> {
  for (;;) {
    try {
      return await client.transaction('write')
    } catch (cause) {
      if (!isBusy(cause) || Date.now() > deadline)
        throw new AppError('locked', 'expected the store to be free for migrating, got a lock that stays', {
          cause,
          userMessage:
            'The store is in use by another program, so it could not be brought up to date. End that program and start again.',
        })
      await sleep(50)
    }
  }
}

async function readHistory(tx: Transaction): Promise<AppliedMigration[] | null> {
  const table = await tx.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'")
  if (table.rows.length === 0) return null
  const history = await tx.execute(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name',
  )
  return history.rows.map((row) => ({
    name: String(row['migration_name']),
    checksum: String(row['checksum']),
    isFinished: row['finished_at'] !== null,
  }))
}

async function hasOtherTables(tx: Transaction): Promise<boolean> {
  const others = await tx.execute(
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_prisma_migrations' LIMIT 1",
  )
  return others.rows.length > 0
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`
