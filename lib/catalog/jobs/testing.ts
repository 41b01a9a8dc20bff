import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SqlRow, withReader, writeSqliteFile } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { defaultHealthLimits, schemaByVersion } from '../rules'
import { sampleSchema } from '../sample/schema'

type Cell = string | number | null
export type Rows = Readonly<Record<string, Cell>>

/** A catalog in a file of its own, with what the test puts in; names of tables as in Bacula. */
export interface TestCatalog {
  path: string
  remove(): void
}

/** The time of the tests' catalogs. */
export const testNow = Date.parse('2026-11-26T09:00:00Z')

/** Makes an SQLite catalog of schema 16 that holds these rows; rows of one table need not have the same columns. */
export async function makeCatalog(tables: Readonly<Record<string, readonly Rows[]>>): Promise<TestCatalog> {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-jobs-'))
  const path = join(dir, 'catalog.sqlite')
  await writeSqliteFile(
    path,
    sampleSchema(),
    Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, evened(rows)])),
  )
  return { path, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** A row of Job with what each needs. */
export function jobRow(row: Rows & { JobId: number }): Rows {
  const name = String(row.Name ?? 'Nightly')
  const usual = {
    Name: name,
    Job: `${name}.${row.JobId}`,
    Type: 'B',
    Level: 'F',
    ClientId: 1,
    JobStatus: 'T',
    FileSetId: 1,
    PoolId: 1,
  }
  return {
    ...usual,
    SchedTime: row.StartTime ?? 0,
    StartTime: 0,
    EndTime: 0,
    JobTDate: 0,
    JobFiles: 0,
    JobBytes: 0,
    ...row,
  }
}

/** Reads a file as a page would; `asked` counts its questions. */
export async function readFile<T>(
  path: string,
  work: (catalog: CatalogReading) => Promise<T>,
  { now = testNow, zone = 'Europe/Paris' }: { now?: number; zone?: string } = {},
): Promise<{ data: T; asked: string[]; rows: number }> {
  const asked: string[] = []
  let rows = 0
  const data = await withReader({ way: 'file', dialect: 'sqlite', path }, (reader) =>
    work({
      ...{ catalogId: 'c1', name: 'test', dialect: 'sqlite', schema: schemaByVersion('bacula', 16), zone, now },
      ...{ limits: defaultHealthLimits, isSample: false, directorHostId: null },
      async ask(question, options) {
        asked.push(question.texts.join('?'))
        const found: readonly SqlRow[] = await reader.ask(question, options)
        rows += found.length
        return found
      },
    }),
  )
  return { data, asked, rows }
}

function evened(rows: readonly Rows[]): Rows[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])))
}
