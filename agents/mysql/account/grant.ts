import { z } from 'zod'
import { ACCOUNT } from './name'

/** One right of the account, as information_schema tells it; what it is not about is an empty text. */
export const grant = z.object({
  /** "PROCESS" */
  right: z.string(),
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  /** Whether it may give it to others. */
  isGrantable: z.boolean(),
})

export type Grant = z.infer<typeof grant>

const from = (view: string, place: string) =>
  `SELECT ${place}, PRIVILEGE_TYPE, IS_GRANTABLE FROM information_schema.${view} WHERE GRANTEE = '${ACCOUNT.replaceAll("'", "''")}'`

/** Asks for every right of the account: an account without any is told by one row, USAGE; none by no row. */
export const GRANTS_QUESTION = [
  from('USER_PRIVILEGES', "'' AS a, '' AS b, '' AS c"),
  from('SCHEMA_PRIVILEGES', "TABLE_SCHEMA, '', ''"),
  from('TABLE_PRIVILEGES', "TABLE_SCHEMA, TABLE_NAME, ''"),
  from('COLUMN_PRIVILEGES', 'TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME'),
].join(' UNION ALL ')

/** The same in an order of its own, so that the answer can be compared with `linesOf`. */
export const GRANTS_IN_ORDER = `${GRANTS_QUESTION} ORDER BY 1, 2, 3, 4`

/** What the question's rows tell; null where there is no such account. */
export function parseGrants(rows: readonly (readonly (string | null)[])[]): Grant[] | null {
  if (rows.length === 0) return null
  return rows
    .map(([schema, table, column, right, isGrantable]) => ({
      ...{ schema: schema ?? '', table: table ?? '', column: column ?? '', right: right ?? '' },
      isGrantable: isGrantable === 'YES',
    }))
    .filter(({ right }) => right !== 'USAGE')
    .toSorted((a, b) => (lineOf(a) < lineOf(b) ? -1 : 1))
}

/** "SELECT (User) on mysql.user"; a right on everything is its name alone. */
export function labelOf({ right, schema, table, column, isGrantable }: Grant): string {
  const where = schema === '' ? '' : ` on ${schema}.${table || '*'}`
  return `${right}${column === '' ? '' : ` (${column})`}${where}${isGrantable ? ', to be given to others' : ''}`
}

/** The answer to `GRANTS_IN_ORDER` where the account has just these rights. */
export function linesOf(grants: readonly Grant[]): string {
  return grants.map(lineOf).toSorted().join('\n')
}

function lineOf({ right, schema, table, column, isGrantable }: Grant): string {
  return [schema, table, column, right, isGrantable ? 'YES' : 'NO'].join('\t')
}

export function isSameGrants(one: readonly Grant[], other: readonly Grant[]): boolean {
  return linesOf(one) === linesOf(other)
}

/** The statement that gives it. Rights are words of the server's own; what else it might say is none. */
export function grantStatement({ right, schema, table, column, isGrantable }: Grant): string[] {
  if (!/^[A-Z][A-Z_ ]*$/.test(right)) return []
  const columns = column === '' ? '' : ` (${identifier(column)})`
  const where = schema === '' ? '*.*' : `${identifier(schema)}.${table === '' ? '*' : identifier(table)}`
  return [`GRANT ${right}${columns} ON ${where} TO ${ACCOUNT}${isGrantable ? ' WITH GRANT OPTION' : ''};`]
}

function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
