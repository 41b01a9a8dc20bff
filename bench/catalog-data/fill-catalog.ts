import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeModel } from './model'
import type { CatalogServer } from './server'
import type { CatalogOptions } from './sizes'
import { tablesOf } from './tables'
import { writeRows } from './write-rows'

export interface FilledTable {
  name: string
  rows: number
  seconds: number
}

/**
 * Makes the stock tables in a new database and fills them with a generated catalog, telling of each table as it is done.
 * Throws an Error when the server has a word to say about a row, or has other counts than were sent.
 */
export async function fillCatalog(
  server: CatalogServer,
  database: string,
  options: CatalogOptions,
  tell: (table: FilledTable) => void,
): Promise<void> {
  await server.createDatabase(database)
  // From the tree's top: a bench runs as one bundled file, elsewhere.
  const schema = join('bench', 'catalog-data', `schema-${server.kind}-${options.shape}.sql`)
  await server.script(database, readFileSync(schema, 'utf8'))
  const model = makeModel(options)
  for (const { name, columns, rows } of tablesOf(options.shape)) {
    const started = performance.now()
    let sent = 0
    const counted = (function* () {
      for (const row of rows(model)) {
        sent += 1
        yield row
      }
    })()
    const said = await server.load(database, name, columns, writeRows('tsv', name, columns, counted))
    const seconds = (performance.now() - started) / 1000
    if (said.trim() !== '') throw new Error(`expected ${name} to load without a word, got: ${said.slice(0, 500)}`)
    const there = Number(await server.run(`SELECT COUNT(*) FROM ${name}`, database))
    if (there !== sent) throw new Error(`expected ${sent} rows in ${name}, got ${there}`)
    tell({ name, rows: there, seconds })
  }
}
