import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isAppError } from '@/lib/errors'
import { migrateStore } from './migrate'

let dir: string
let file: string
let migrationsDir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-migrate-'))
  file = join(dir, 'store.db')
  migrationsDir = join(dir, 'migrations')
  addMigration('1_first', 'CREATE TABLE parent (id INTEGER PRIMARY KEY);')
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

function addMigration(name: string, sql: string) {
  mkdirSync(join(migrationsDir, name), { recursive: true })
  writeFileSync(join(migrationsDir, name, 'migration.sql'), sql)
}

async function query(sql: string) {
  const client = createClient({ url: `file:${file}` })
  try {
    return (await client.execute(sql)).rows
  } finally {
    client.close()
  }
}

async function refusal(): Promise<string> {
  const thrown = await migrateStore(file, { migrationsDir, patienceMs: 0 }).then(
    () => null,
    (error: unknown) => error,
  )
  return isAppError(thrown) ? (thrown.userMessage ?? '') : `not refused: ${thrown}`
}

it('applies what is pending, once, into a file that only its owner reads', async () => {
  expect(await migrateStore(file, { migrationsDir })).toEqual(['1_first'])
  addMigration('2_second', 'CREATE TABLE other (id INTEGER PRIMARY KEY);')
  expect(await migrateStore(file, { migrationsDir })).toEqual(['2_second'])
  expect(await migrateStore(file, { migrationsDir })).toEqual([])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const rows = await query(
    'SELECT migration_name, applied_steps_count, typeof(finished_at) AS kept FROM _prisma_migrations',
  )
  expect(rows.map((row) => [row['migration_name'], row['applied_steps_count'], row['kept']])).toEqual([
    ['1_first', 1, 'integer'],
    ['2_second', 1, 'integer'],
  ])
})

it('keeps nothing of a migration that fails, and applies its mended file later', async () => {
  addMigration('2_second', 'CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1);')
  expect(await refusal()).toMatch(/migration 2_second failed .*nowhere.*Nothing of it was kept/)
  expect(await query("SELECT name FROM sqlite_master WHERE name = 'half'")).toEqual([])
  addMigration('2_second', 'CREATE TABLE half (id INTEGER);')
  expect(await migrateStore(file, { migrationsDir })).toEqual(['2_second'])
})

it('refuses a store that remembers a failed migration', async () => {
  await migrateStore(file, { migrationsDir })
  await query('UPDATE _prisma_migrations SET finished_at = NULL')
  expect(await refusal()).toMatch(/1_first failed on this store earlier/)
})

it('refuses a migration that was edited after it was applied', async () => {
  await migrateStore(file, { migrationsDir })
  addMigration('1_first', 'CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);')
  expect(await refusal()).toMatch(/1_first was edited/)
})

it('refuses a store that a newer version made', async () => {
  addMigration('2_newer', 'CREATE TABLE newer (id INTEGER);')
  await migrateStore(file, { migrationsDir })
  rmSync(join(migrationsDir, '2_newer'), { recursive: true })
  expect(await refusal()).toMatch(/another version of Pollux.*2_newer/)
})

it('refuses the database of another program and leaves it as it is', async () => {
  await query('CREATE TABLE theirs (id INTEGER)')
  expect(await refusal()).toMatch(/made by another program/)
  expect((await query("SELECT name FROM sqlite_master WHERE type = 'table'")).map((row) => row['name'])).toEqual([
    'theirs',
  ])
})

it('keeps the children of a table that is made anew, and refuses a migration that orphans them', async () => {
  addMigration('2_child', 'CREATE TABLE child (id INTEGER, p INTEGER REFERENCES parent (id) ON DELETE CASCADE);')
  await migrateStore(file, { migrationsDir })
  await query('INSERT INTO parent VALUES (1)')
  await query('INSERT INTO child VALUES (7, 1)')
  addMigration(
    '3_anew',
    'CREATE TABLE n (id INTEGER PRIMARY KEY); INSERT INTO n SELECT id FROM parent; DROP TABLE parent; ALTER TABLE n RENAME TO parent;',
  )
  await migrateStore(file, { migrationsDir })
  expect(await query('SELECT id FROM child')).toHaveLength(1)
  addMigration('4_orphans', 'DELETE FROM parent;')
  expect(await refusal()).toMatch(/4_orphans failed/)
  expect(await query('SELECT id FROM parent')).toHaveLength(1)
})

it('lets one of several at a time migrate, and gives up with a sentence when the store stays locked', async () => {
  addMigration('2_second', 'CREATE TABLE other (id INTEGER);')
  const applied = await Promise.all([1, 2, 3].map(() => migrateStore(file, { migrationsDir })))
  expect(applied.flat().sort()).toEqual(['1_first', '2_second'])

  const client = createClient({ url: `file:${file}` })
  const holder = await client.transaction('write')
  expect(await refusal()).toMatch(/in use by another program/)
  await holder.rollback()
  client.close()
})
