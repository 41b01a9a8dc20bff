import type { ClientAnswer } from './mysql-xml'

/** What psql is told to print between the fields of a row, between rows, and for NULL. */
export interface PsqlMarks {
  field: string
  row: string
  null: string
}

/**
 * Reads what `psql -A` prints with these marks. It ends the last row of an answer with a newline whatever the mark, so that a
 * value with a newline there cannot be told from the next answer: all but the last of the answers have one row with no newline
 * in it.
 */
export function parsePsql(text: string, marks: PsqlMarks): ClientAnswer[] {
  const answers: ClientAnswer[] = []
  let rest = text
  // Headers of an answer before: "pollux_id", and its one value.
  const first = new RegExp(`^pollux_id${marks.row}(\\d+)\\n`).exec(text)
  if (first) {
    answers.push({ names: ['pollux_id'], rows: [[first[1] ?? '']] })
    rest = text.slice(first[0].length)
  }
  if (rest === '') return answers
  const [names = [], ...rows] = rest
    .replace(/\n$/, '')
    .split(marks.row)
    .map((row) => row.split(marks.field))
  answers.push({ names, rows: rows.map((cells) => cells.map((cell) => (cell === marks.null ? null : cell))) })
  return answers
}
