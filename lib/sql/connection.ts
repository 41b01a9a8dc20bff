import type { Sql } from './sql'
import type { SqlRow } from './types'

/** How long a question may take, and what cancels it. */
export interface AskLimits {
  timeoutMs: number
  signal?: AbortSignal
}

/** A connection to a database, by whatever way, that can only read. One question at a time. */
export interface Connection {
  /** What the server calls itself. */
  readonly server: string
  /** False once it was lost, or a question on it was ended from outside. */
  isUsable(): boolean
  /** Throws what `SqlReader.ask` does. */
  ask(question: Sql, limits: AskLimits): Promise<SqlRow[]>
  /** Never throws. */
  close(): Promise<void>
}

/** Rows of cells as rows by name. */
export function namedRows(names: readonly string[], rows: readonly (readonly (string | null)[])[]): SqlRow[] {
  const keys = names.map((name) => name.toLowerCase())
  return rows.map((cells) => {
    const row: Record<string, string | null> = {}
    for (const [at, key] of keys.entries()) row[key] = cells[at] ?? null
    return row
  })
}
