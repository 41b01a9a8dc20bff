import type { ExportCells } from './table-export'

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/
const number = /^[+-]?\d+(\.\d+)?$/
const needsQuotes = /[",\r\n]/

/**
 * One line of CSV (RFC 4180), with its end. A text that a spreadsheet would run as a formula gets an apostrophe before it;
 * a number stays one, also a negative one. What is not known is an empty cell.
 */
export function csvLine(cells: ExportCells): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = formula.test(cell) && !number.test(cell) ? `'${cell}` : cell
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A whole table as CSV: the head, then each part of rows as one piece of text. UTF-8 without a byte order mark. */
export async function* toCsv(titles: readonly string[], parts: AsyncIterable<readonly ExportCells[]>) {
  yield csvLine(titles)
  for await (const part of parts) if (part.length > 0) yield part.map(csvLine).join('')
}
