import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Prisma } from '@/prisma/generated/client/client'
import { openStore } from './client'
import { inspectStore } from './inspect-store'
import { migrateStore, readMigrations } from './migrate'

const names = readMigrations('prisma/migrations').map((migration) => migration.name)

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-upgrade-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

interface Column {
  name: string
  type: string
}

async function tablesOf(client: Client): Promise<string[]> {
  const found = await client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_prisma_migrations' ORDER BY name",
  )
  return found.rows.map((row) => String(row['name']))
}

async function columnsOf(client: Client, table: string): Promise<Column[]> {
  const { rows } = await client.execute(`PRAGMA table_info("${table}")`)
  return rows.map((row) => ({ name: String(row['name']), type: String(row['type']) }))
}

/** What every column of a table refers to: the row of the same store that was made for it. */
async function referencesOf(client: Client, table: string): Promise<Map<string, { table: string; column: string }>> {
  const { rows } = await client.execute(`PRAGMA foreign_key_list("${table}")`)
  return new Map(rows.map((row) => [String(row['from']), { table: String(row['table']), column: String(row['to']) }]))
}

/** A value that only this column has, of the column's own kind. */
function valueFor(table: string, { name, type }: Column) {
  const at = `${table}.${name}`
  if (type === 'BLOB') return new TextEncoder().encode(`bytes of ${at}`)
  if (type === 'DATETIME') return 1_700_000_000_000 + at.length
  if (type === 'BOOLEAN') return 1
  if (type === 'INTEGER' || type === 'BIGINT') return 1_000 + at.length
  if (type === 'REAL') return 0.5 + at.length
  return `text of ${at}`
}

/** Puts a row with a value in every column into every table, and returns all of them. */
async function fill(client: Client): Promise<Map<string, Record<string, unknown>>> {
  await client.execute('PRAGMA foreign_keys = OFF')
  const rows = new Map<string, Record<string, unknown>>()
  const tables = await tablesOf(client)
  for (const table of tables) {
    const columns = await columnsOf(client, table)
    rows.set(table, Object.fromEntries(columns.map((column) => [column.name, valueFor(table, column)])))
  }
  for (const table of tables)
    for (const [column, to] of await referencesOf(client, table)) {
      const row = rows.get(table)
      if (row) row[column] = rows.get(to.table)?.[to.column]
    }
  // A second time: a column may refer to one that refers itself.
  for (const table of tables)
    for (const [column, to] of await referencesOf(client, table)) {
      const row = rows.get(table)
      if (row) row[column] = rows.get(to.table)?.[to.column]
    }
  for (const [table, row] of rows) {
    const columns = Object.keys(row)
    const places = columns.map(() => '?').join(', ')
    const args = Object.values(row) as (string | number | Uint8Array)[]
    await client.execute({ sql: `INSERT INTO "${table}" ("${columns.join('", "')}") VALUES (${places})`, args })
  }
  const broken = await client.execute('PRAGMA foreign_key_check')
  expect(broken.rows).toEqual([])
  return rows
}

it.each(names.map((name, at) => [at + 1, name] as const))(
  'a store of the first %i migrations, to %s, is brought up to date with every row in it',
  async (count) => {
    const earlier = join(dir, 'migrations')
    mkdirSync(earlier)
    for (const name of names.slice(0, count))
      cpSync(join('prisma/migrations', name), join(earlier, name), { recursive: true })
    const file = join(dir, 'pollux.db')
    expect(await migrateStore(file, { migrationsDir: earlier })).toHaveLength(count)
    const client = createClient({ url: `file:${file}` })
    const before = await fill(client)
    client.close()

    expect(await migrateStore(file)).toEqual(names.slice(count))
    expect((await inspectStore(file)).migrations).toEqual(names)

    const upgraded = createClient({ url: `file:${file}` })
    const lost: string[] = []
    const tables = await tablesOf(upgraded)
    for (const [table, row] of before) {
      const after = tables.includes(table) ? (await upgraded.execute(`SELECT * FROM "${table}"`)).rows[0] : undefined
      for (const [column, value] of Object.entries(row))
        if (!isSame(after?.[column], value)) lost.push(`${table}.${column}`)
    }
    expect(lost).toEqual([])
    upgraded.close()

    // The client of today reads every row of it.
    const db = openStore(file)
    const models = Object.values(Prisma.ModelName).map((name) => name.charAt(0).toLowerCase() + name.slice(1))
    for (const model of models) await (db as unknown as Record<string, Reader>)[model]?.findMany()
    await db.$disconnect()
  },
)

interface Reader {
  findMany(): Promise<unknown[]>
}

function isSame(found: unknown, put: unknown): boolean {
  if (put instanceof Uint8Array) return found instanceof ArrayBuffer && Buffer.from(found).equals(Buffer.from(put))
  return found === put
}

it('has every earlier schema: the migrations are in the order of their names', () => {
  expect(names).toEqual(
    readdirSync('prisma/migrations')
      .filter((name) => /^\d/.test(name))
      .sort(),
  )
  expect(names.length).toBeGreaterThan(10)
})
