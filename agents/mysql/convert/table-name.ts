import { createHash } from 'node:crypto'
import type { TableName } from './desired'

/** As a person reads it: "old.visits". */
export function labelOf({ schema, name }: TableName): string {
  return `${schema}.${name}`
}

/** As a statement names it: "`old`.`visits`", a backtick doubled. Holds in every sql_mode. */
export function identifierOf({ schema, name }: TableName): string {
  return `${quoted(schema)}.${quoted(name)}`
}

/** The database alone: "`old`". */
export function schemaOf({ schema }: TableName): string {
  return quoted(schema)
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/**
 * The condition that finds the table in a table of information_schema. Names are in hexadecimal, which no shell, client or
 * rule reads as anything else. The first of each pair lets old servers open this table alone, the second tells letters
 * apart that the server's comparison does not.
 */
export function isThisTable(table: TableName, alias: string): string {
  return `${isInSchema(table, alias)} AND ${isExactly(`${alias}.TABLE_NAME`, table.name)}`
}

/** The condition for all tables of its database. */
export function isInSchema({ schema }: TableName, alias: string): string {
  return isExactly(`${alias}.TABLE_SCHEMA`, schema)
}

function isExactly(column: string, name: string): string {
  return `${column} = CONVERT(${hex(name)} USING utf8) AND CAST(${column} AS BINARY) = ${hex(name)}`
}

/** The table that such a condition is about; null where there is none in the text. */
export function tableInCondition(text: string): TableName | null {
  const [schema, name] = [...text.matchAll(/CAST\(\w+\.TABLE_(?:SCHEMA|NAME) AS BINARY\) = 0x([0-9a-f]+)/g)].map(
    ([, digits = '']) => Buffer.from(digits, 'hex').toString('utf8'),
  )
  return schema !== undefined && name !== undefined ? { schema, name } : null
}

function hex(text: string): string {
  return `0x${Buffer.from(text, 'utf8').toString('hex')}`
}

/** How the names of the tables begin that stand beside one while it is converted. */
export const HIDDEN = 'pollux_convert_'

/** A name for the work on this table, of letters, digits and underscores: the same at every turn. */
export function markOf({ schema, name }: TableName): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([schema, name]))
    .digest('hex')
    .slice(0, 16)
  return `${HIDDEN}${digest}`
}

/** Whether both are one table. */
export function isSameTable(a: TableName, b: TableName): boolean {
  return a.schema === b.schema && a.name === b.name
}
