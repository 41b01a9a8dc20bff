import { MARK, SECTIONS, type Section } from './question'

/** A result as the client's batch mode writes it. `null` is SQL's NULL, or a text "NULL": the client writes both alike. */
export interface Rows {
  columns: readonly string[]
  rows: readonly (readonly (string | null)[])[]
}

/** What a server said to one section; `error` is its own sentence where a statement of it failed. */
export interface SectionAnswer {
  results: Rows
  error: string | null
}

export interface Answer {
  sections: Readonly<Partial<Record<Section, SectionAnswer>>>
  /** Whether the client came to the end of the question. */
  isWhole: boolean
}

const ERROR_HEAD = 'Level\tCode\tMessage'

/**
 * Sorts what the client wrote by section. A mark is two lines, its column names and its row, which are the same; since the
 * client escapes tabs and newlines in values, and no section's own rows have two columns of a user's text, no value can
 * pass for one. Takes output that was cut anywhere.
 */
export function parseAnswer(text: string): Answer {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, at) => (line.startsWith(`${MARK}\t`) && lines[at + 1] === line ? [at] : []))
  const sections: Partial<Record<Section, SectionAnswer>> = {}
  let isWhole = false
  for (const [turn, start] of starts.entries()) {
    const name = lines[start]?.slice(MARK.length + 1)
    const next = starts[turn + 1]
    if (name === 'end') isWhole = true
    const section = SECTIONS.find((known) => known === name)
    // A section without a mark behind it may have lost rows: it is none.
    if (section && next !== undefined) sections[section] = parseSection(lines.slice(start + 2, next))
  }
  return { sections, isWhole }
}

function parseSection(lines: readonly string[]): SectionAnswer {
  const errorsAt = lines.lastIndexOf(ERROR_HEAD)
  const own = errorsAt < 0 ? lines : lines.slice(0, errorsAt)
  const [head, ...rows] = own
  return {
    results: { columns: head === undefined ? [] : head.split('\t'), rows: rows.map(cellsOf) },
    error: errorsAt < 0 ? null : (cellsOf(lines[errorsAt + 1] ?? '')[2] ?? 'it failed without a word'),
  }
}

function cellsOf(line: string): (string | null)[] {
  return line.split('\t').map((cell) => (cell === 'NULL' ? null : unescaped(cell)))
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' }

function unescaped(cell: string): string {
  return cell.replace(/\\([nt0\\])/g, (_, letter: string) => escapes[letter] ?? letter)
}

/** A result of two columns, name and value. A value of NULL is an empty text. */
export function namesAndValues({ rows }: Rows): Record<string, string> {
  return Object.fromEntries(rows.flatMap(([name, value]) => (name ? [[name, value ?? '']] : [])))
}

/** The rows as objects, by the names of the columns in small letters: these differ by version in letters and in order. */
export function byColumn({ columns, rows }: Rows): Record<string, string | null>[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, at) => [column.toLowerCase(), row[at] ?? null] as const)),
  )
}

/** A whole number of a cell; null for NULL and for anything else. */
export function countOf(cell: string | null | undefined): number | null {
  return cell && /^-?\d{1,18}(\.0*)?$/.test(cell) ? Number(cell) : null
}
