import { defineProbe, isReadingArgv, type Probe, type Reading } from '@/lib/agent'
import { textOf } from '@/lib/agent/raw-reading'
import type { ResolvedServer } from '../server/resolve-server'
import { SYSTEM_SCHEMAS, type TableName } from './desired'
import { innodbLimits } from './limits'
import { obstacleQuestion, type Scope } from './obstacle-rules'
import { HIDDEN, isSameTable } from './table-name'

/** A table of MyISAM's, and what stands in the way of InnoDB: nothing, where the list is empty. */
export interface MyisamTable extends TableName {
  rows: number | null
  dataBytes: number
  indexBytes: number
  obstacles: readonly string[]
  /** Why the server cannot open it, in its own words; null where it can. */
  closed: string | null
}

const system = SYSTEM_SCHEMAS.map((schema) => `'${schema}'`).join(', ')
const everyTable: Scope = {
  tables: `t.ENGINE = 'MyISAM' AND t.TABLE_SCHEMA NOT IN (${system}) AND LEFT(t.TABLE_NAME, ${HIDDEN.length}) <> '${HIDDEN}'`,
  joined: (alias) => `${alias}.TABLE_SCHEMA NOT IN (${system})`,
}

const TABLES = `SELECT 'table', t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_ROWS, t.DATA_LENGTH, t.INDEX_LENGTH FROM information_schema.TABLES t WHERE ${everyTable.tables} ORDER BY 2, 3 LIMIT 5000`

// One that cannot be opened has no length, and the reason for its comment; from MySQL 8.0 on it may have both. Asked for
// its engine alone, MariaDB opens no table and tells what the .frm says.
const CLOSED = `SELECT 'closed', t.TABLE_SCHEMA, t.TABLE_NAME, LEFT(t.TABLE_COMMENT, 300) FROM information_schema.TABLES t WHERE t.TABLE_TYPE = 'BASE TABLE' AND (t.DATA_LENGTH IS NULL OR t.ENGINE = 'MyISAM' AND t.TABLE_COMMENT LIKE '%marked as crashed%') AND t.TABLE_SCHEMA NOT IN (${system}) AND LEFT(t.TABLE_NAME, ${HIDDEN.length}) <> '${HIDDEN}' ORDER BY 2, 3 LIMIT 1000`

/**
 * Asks one server for all tables of MyISAM's and their obstacles, and for those that it cannot open: for the wizard, which
 * shows them before a wish is made.
 * The plan does not rest on it: its first steps ask the server the same of each table once more.
 */
export function tablesProbe({ client, version, said }: ResolvedServer): Probe<'mysql-tables', MyisamTable[]> {
  const question = `${TABLES}; ${CLOSED}; ${obstacleQuestion(innodbLimits(version, said.variables), everyTable)};`
  const argv = [...client, '--default-character-set=utf8', '-e', question]
  if (!isReadingArgv(argv)) throw new Error('expected a question that only reads')
  const reading: Reading = { kind: 'command', argv, timeoutS: 60, maxBytes: 1_048_576 }
  return defineProbe({
    id: 'mysql-tables',
    timeoutS: 70,
    readings: { tables: reading },
    parse: ({ tables }) => {
      if (tables.state === 'not-read') return tables
      if (tables.kind === 'text' && tables.exitCode !== 0)
        return { state: 'not-read', why: 'failed', detail: tables.complaint ?? tables.text.slice(0, 300) }
      return { state: 'read', value: parseTables(textOf(tables) ?? '') }
    },
  })
}

/** Understands the rows of the question; a table without a row of its own has no obstacles told. */
export function parseTables(text: string): MyisamTable[] {
  const rows = text.split('\n').map((line) => line.split('\t').map(unescaped))
  const closed = rows.flatMap(([kind, schema, name, said]): MyisamTable[] =>
    kind === 'closed' && schema !== undefined && name !== undefined
      ? [{ schema, name, rows: null, dataBytes: 0, indexBytes: 0, obstacles: [], closed: said ?? '' }]
      : [],
  )
  const open = rows.flatMap(([kind, schema, name, count, dataBytes, indexBytes]): MyisamTable[] => {
    if (kind !== 'table' || schema === undefined || name === undefined) return []
    if (closed.some((one) => isSameTable(one, { schema, name }))) return []
    const obstacles = rows.flatMap(([other, of, table, sentence]) =>
      other === 'obstacle' && of === schema && table === name && sentence ? [sentence] : [],
    )
    return [
      {
        schema,
        name,
        rows: numberOf(count),
        dataBytes: numberOf(dataBytes) ?? 0,
        indexBytes: numberOf(indexBytes) ?? 0,
        obstacles,
        closed: null,
      },
    ]
  })
  return [...open, ...closed]
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' }

function unescaped(cell: string): string {
  return cell.replace(/\\([nt0\\])/g, (_, letter: string) => escapes[letter] ?? letter)
}

function numberOf(cell: string | undefined): number | null {
  return cell && /^\d{1,18}$/.test(cell) ? Number(cell) : null
}
