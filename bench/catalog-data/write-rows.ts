import type { Cell } from './table'

/** Characters that are gathered before they are handed on. */
const chunkLength = 256 * 1024
/** Rows of one INSERT. */
const rowsAtOnce = 500

export type RowFormat = 'tsv' | 'insert'

/** Rows as text in chunks, without keeping them: tab-separated, as LOAD DATA and COPY take it alike, or INSERT statements. */
export function* writeRows(
  format: RowFormat,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Generator<string> {
  let text = ''
  let count = 0
  for (const row of rows) {
    if (format === 'tsv') text += `${row.map(tsvCell).join('\t')}\n`
    else {
      const opening =
        count % rowsAtOnce === 0
          ? `${count === 0 ? '' : ';\n'}INSERT INTO ${table} (${columns.join(', ')}) VALUES\n`
          : ',\n'
      text += `${opening}(${row.map(sqlCell).join(', ')})`
    }
    count += 1
    if (text.length >= chunkLength) {
      yield text
      text = ''
    }
  }
  if (format === 'insert' && count > 0) text += ';\n'
  if (text !== '') yield text
}

/** Both LOAD DATA and COPY read backslash sequences, and `\N` as NULL. */
function tsvCell(cell: Cell): string | number {
  if (cell === null) return '\\N'
  if (typeof cell === 'number') return cell
  return /[\\\t\n\r]/.test(cell)
    ? cell.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : cell
}

/** A quote is doubled. A backslash means different things to different servers, so it is refused. */
function sqlCell(cell: Cell): string | number {
  if (cell === null) return 'NULL'
  if (typeof cell === 'number') return cell
  if (cell.includes('\\')) throw new RangeError(`expected no backslash in an INSERT, got ${JSON.stringify(cell)}`)
  return `'${cell.replaceAll("'", "''")}'`
}
