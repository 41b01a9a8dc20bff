import type { PlanHost, Probe } from '@/lib/agent'
import type { MysqlFacts } from '../facts/facts'
import type { Said } from '../facts/said-facts'
import { resolveServer } from '../server/resolve-server'
import { wayOut } from './damaged'
import { SYSTEM_SCHEMAS, type TableName, tableName } from './desired'
import { obstaclesOf } from './obstacles'
import { freeBytes, neededBytes } from './sizes'
import { type MyisamTable, tablesProbe } from './tables-probe'

/** A table as the wizard offers it. */
export interface OfferedTable extends MyisamTable {
  /** Bytes that must be free for it. */
  needsBytes: number
}

/** What can be converted on one server, before its tables are asked for. */
export interface Conversion {
  /** Asks for the tables and for what stands in the way of each. */
  probe: Probe<'mysql-tables', MyisamTable[]>
  /** Why none of them can be; empty where some can. */
  whyNot: readonly string[]
  freeBytes: number | null
}

/** @throws AppError `invalid` where the server is not there or cannot be asked */
export function conversionOf(host: PlanHost<MysqlFacts>, key: string): Conversion {
  const server = resolveServer(host, key)
  return { probe: tablesProbe(server), whyNot: obstaclesOf(server, []), freeBytes: freeBytes(server) }
}

/** Those that can be converted first, the largest before the others. */
export function offeredTables(tables: readonly MyisamTable[]): OfferedTable[] {
  const size = ({ dataBytes, indexBytes }: MyisamTable) => dataBytes + indexBytes
  return tables
    .map((table) => ({
      ...table,
      obstacles: table.closed === null ? [...table.obstacles, ...nameObstacle(table)] : whyClosed(table, table.closed),
      needsBytes: needs(size(table)),
    }))
    .sort((a, b) => Math.sign(a.obstacles.length) - Math.sign(b.obstacles.length) || size(b) - size(a))
}

const needs = (bytes: number) => neededBytes([Math.max(2 ** 20, bytes)])

function whyClosed(table: TableName, said: string): string[] {
  return [said === '' ? 'The server does not say why.' : said, wayOut(table, said)]
}

function nameObstacle({ schema, name }: MyisamTable): string[] {
  const parsed = tableName.safeParse({ schema, name })
  return parsed.success ? [] : [...new Set(parsed.error.issues.map(({ message }) => message))]
}

/** How many tables of an engine a server has outside its own databases; with null, how many it cannot open. */
export function tableCount({ tables }: Said, engine: 'MyISAM' | null): number {
  if (tables.state === 'not-read') return 0
  return tables.value
    .filter((group) => group.engine === engine && !SYSTEM_SCHEMAS.some((own) => own === group.schema))
    .reduce((sum, group) => sum + group.tables, 0)
}
