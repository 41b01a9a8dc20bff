import { AppError } from '@/lib/errors'
import { type AskLimits, type Connection, namedRows } from '../connection'
import { sqliteLiteral, textOf } from '../text-of'

/** A way to ask an SQLite file. */
export interface SqliteSource {
  readonly server: string
  isUsable(): boolean
  /** The names of a question's columns. */
  columns(text: string, limits: AskLimits): Promise<string[]>
  /** The rows of a question through `cells`, each of which gives a blob: SQLite's texts may be no UTF-8, and hold any byte. */
  rows(text: string, cells: readonly string[], limits: AskLimits): Promise<(string | null)[][]>
  close(): Promise<void>
}

const mostKept = 200

/** A connection over such a way: it asks for each question's columns once, and then for their bytes. */
export function sqliteConnection(source: SqliteSource): Connection {
  const columnsOf = new Map<string, string[]>()
  return {
    server: source.server,
    isUsable: source.isUsable,
    async ask(question, limits) {
      const text = textOf(question, sqliteLiteral)
      const key = question.texts.join('?')
      const columns = columnsOf.get(key) ?? (await source.columns(text, limits))
      if (columnsOf.size >= mostKept) columnsOf.clear()
      columnsOf.set(key, columns)
      return namedRows(columns, await source.rows(text, cellsOf(columns), limits))
    },
    close: source.close,
  }
}

/** Each column as the bytes of its text. Throws AppError `internal` for two of one name. */
function cellsOf(columns: readonly string[]): string[] {
  if (new Set(columns.map((name) => name.toLowerCase())).size < columns.length)
    throw new AppError('internal', `expected columns of different names, got ${columns.join(', ')}`)
  return columns.map((name) => `CAST("${name.replaceAll('"', '""')}" AS BLOB)`)
}

/** A question through other cells. A subquery's rows keep their order where nothing more is done to them. */
export function throughCells(text: string, cells: readonly string[]): string {
  // On lines of its own: a comment may end it.
  return `SELECT ${cells.join(', ')} FROM (\n${text}\n)`
}
