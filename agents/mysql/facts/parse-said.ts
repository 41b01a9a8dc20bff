import { parseGrants } from '../account/grant'
import { isAtLeast, parseServerVersion } from '../version'
import { type Answer, byColumn, countOf, namesAndValues, parseAnswer, type Rows } from './parse-answer'
import { parseReplicaOf } from './parse-replica-of'
import { parseSetters } from './parse-setters'
import { MEASURED_TABLES, type Section } from './question'
import type { BigTable, Said, TableGroup } from './said-facts'
import type { Told, WhyNotTold } from './told'
import { maskVariable } from './without-secrets'

/** Counters of encryption and of other doors tell nothing of the load, and a key stands among them. */
const PASSED_BY = /^(?:Ssl_|Rsa_|Mysqlx_|Caching_sha2_)/

/**
 * Makes what a server says of itself of the client's output. Not told where the server's version or variables are missing:
 * all the rest is understood by them; each other section has its own "not read", with the server's sentence. `accountFile` is
 * Pollux's own option file where the server was asked by it.
 */
export function parseSaid(text: string, accountFile: string | null = null): Told<Said> {
  const answer = parseAnswer(text)
  const [server] = answer.sections.server?.results.rows ?? []
  const variables = namesAndValues(rowsOf(answer, 'variables'))
  if (!server?.[0] || !variables.datadir)
    return notTold('failed', sentenceOf(answer, 'the server did not say its version and variables'))
  const status = namesAndValues(rowsOf(answer, 'status'))
  const tableCount = countOf(rowsOf(answer, 'count').rows[0]?.[0])
  return {
    state: 'read',
    value: {
      version: server[0],
      account: server[1] ?? '',
      accountFile,
      grants: told(answer, 'grants', ({ rows }) => parseGrants(rows)),
      uptimeS: countOf(status.Uptime),
      variables: Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, maskVariable(name, value)]),
      ),
      setters: parseSetters(answer),
      persisted: persistedOf(answer, server[0]),
      status: Object.fromEntries(
        Object.entries(status).filter(
          ([name, value]) => !PASSED_BY.test(name) && !(name.startsWith('Com_') && value === '0'),
        ),
      ),
      engines: byColumn(rowsOf(answer, 'engines')).map((row) => ({
        name: row.engine ?? '',
        support: row.support ?? '',
      })),
      plugins: pluginsOf(answer),
      schemas: told(answer, 'schemas', ({ rows }) => ({
        count: countOf(rows[0]?.[0]) ?? 0,
        hasTest: rows[0]?.[1] === '1',
      })),
      tableCount,
      tables: measured(answer, 'sizes', tableCount, groupsOf),
      biggest: measured(answer, 'biggest', tableCount, bigTablesOf),
      replicaOf: parseReplicaOf(answer),
      anonymous: told(answer, 'accounts', ({ rows }) => hostsOf(rows, '1')),
      rootHosts: told(answer, 'accounts', ({ rows }) => hostsOf(rows, '0')),
      connections: connectionsOf(answer),
    },
  }
}

/** No such table means that nothing can be persisted, where the version is known to have none. */
function persistedOf(answer: Answer, text: string): Said['persisted'] {
  const version = parseServerVersion(text)
  const canPersist = !version || (version.flavour === 'mysql' && isAtLeast(version, 8))
  return canPersist ? told(answer, 'persisted', (rows) => masked(namesAndValues(rows))) : { state: 'read', value: {} }
}

function masked(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, maskVariable(name, value)]))
}

/** A section's rows; none where it is missing, so only for sections whose absence was looked at. */
function rowsOf({ sections }: Answer, name: Section): Rows {
  return sections[name]?.results ?? { columns: [], rows: [] }
}

/** A section that was answered without an error. */
export function told<T>(answer: Answer, name: Section, make: (rows: Rows) => T): Told<T> {
  const section = answer.sections[name]
  if (!section) return notTold('cut-off', 'the answer ended before this was told')
  return section.error === null ? { state: 'read', value: make(section.results) } : notTold('failed', section.error)
}

export function notTold(why: WhyNotTold, detail: string): Extract<Told<never>, { state: 'not-read' }> {
  return { state: 'not-read', why, detail }
}

function sentenceOf({ sections }: Answer, otherwise: string): string {
  return sections.server?.error ?? sections.variables?.error ?? otherwise
}

/** The sizes of tables, which are asked only where there are few enough. */
function measured<T>(answer: Answer, name: Section, count: number | null, make: (rows: Rows) => T): Told<T> {
  const found = told(answer, name, make)
  if (found.state === 'not-read' || (count !== null && count <= MEASURED_TABLES)) return found
  const many = count === null ? 'the tables could not be counted' : `there are ${count} tables`
  return notTold('not-asked', `${many}: up to ${MEASURED_TABLES} are measured`)
}

function groupsOf({ rows }: Rows): TableGroup[] {
  return rows.map(([tables, schema, engine, data, index, free]) => ({
    schema: schema ?? '',
    engine: engine ?? null,
    tables: countOf(tables) ?? 0,
    dataBytes: countOf(data) ?? 0,
    indexBytes: countOf(index) ?? 0,
    freeBytes: countOf(free) ?? 0,
  }))
}

function bigTablesOf({ rows }: Rows): BigTable[] {
  return rows.map(([count, schema, name, engine, rowFormat, data, index, free]) => ({
    schema: schema ?? '',
    name: name ?? '',
    engine: engine ?? null,
    rowFormat: rowFormat ?? null,
    rows: countOf(count),
    dataBytes: countOf(data) ?? 0,
    indexBytes: countOf(index) ?? 0,
    freeBytes: countOf(free) ?? 0,
  }))
}

function pluginsOf(answer: Answer): Said['plugins'] {
  return told(answer, 'plugins', (rows) =>
    byColumn(rows)
      .filter((row) => row.library !== null || row.type === 'AUTHENTICATION')
      .map((row) => ({
        name: row.name ?? '',
        status: row.status ?? '',
        type: row.type ?? '',
        library: row.library ?? null,
      })),
  )
}

/** Hosts of the rows whose first column tells that the account has no name, or that it has one. */
function hostsOf(rows: Rows['rows'], isNameless: '0' | '1'): string[] {
  return rows.flatMap(([nameless, , host]) => (nameless === isNameless ? [host ?? ''] : []))
}

/** By groups from information_schema; before 5.1.7 from the list itself, of which nothing but its first columns is kept. */
function connectionsOf(answer: Answer): Said['connections'] {
  const grouped = told(answer, 'connections', ({ rows }) =>
    rows.map(([count, user, host, schema, command]) => ({
      user: user ?? '',
      host: host ?? '',
      schema: schema ?? null,
      command: command ?? '',
      count: countOf(count) ?? 0,
    })),
  )
  const list = answer.sections.processes
  if (grouped.state === 'read' || !list?.results.columns.includes('Command')) return grouped
  const own = answer.sections.server?.results.rows[0]?.[3]
  const counted = new Map<
    string,
    { user: string; host: string; schema: string | null; command: string; count: number }
  >()
  for (const row of byColumn(list.results)) {
    if (row.id === own) continue
    const one = {
      user: row.user ?? '',
      host: (row.host ?? '').replace(/:\d+$/, ''),
      schema: row.db ?? null,
      command: row.command ?? '',
    }
    const key = JSON.stringify(one)
    counted.set(key, { ...one, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return { state: 'read', value: [...counted.values()] }
}
