import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { Client } from 'pg'
import type { SqlPlace } from '@/lib/sql'
import { mysqlLiteral, postgresLiteral, type TextLiteral } from '@/lib/sql/text-of'
import { fillCatalog } from './catalog-data/fill-catalog'
import { startMariadb } from './catalog-data/mariadb'
import { startPostgres } from './catalog-data/postgres'
import type { CatalogServer } from './catalog-data/server'
import type { CatalogOptions } from './catalog-data/sizes'

/** A server with a generated catalog in it, that an account may read. */
export interface BenchCatalog {
  dialect: 'mysql' | 'postgresql'
  port: number
  account: { user: string; password: string; database: string }
  place: SqlPlace
  literal: TextLiteral
  /** "MariaDB 10.11.19". */
  version: string
  /** A connection of the bare driver. */
  connect(): Promise<BareConnection>
  stop(): Promise<void>
}

export interface BareConnection {
  rows(text: string): Promise<unknown[][]>
  end(): Promise<void>
}

/** Starts the server and fills its catalog, if the folder has none of that schema yet. Throws an Error when one of them fails. */
export async function startCatalog(
  kind: CatalogServer['kind'],
  folder: string,
  options: Omit<CatalogOptions, 'now' | 'seed'>,
): Promise<BenchCatalog> {
  const server = await (kind === 'mariadb' ? startMariadb(folder) : startPostgres(folder))
  try {
    const database = options.shape === 16 ? 'bacula' : `bacula_${options.shape}`
    const account = { user: 'pollux', password: 'bench', database }
    if (!(await isThere(server, database))) await fill(server, database, options)
    await admit(server, account)
    const dialect = kind === 'mariadb' ? 'mysql' : 'postgresql'
    const { port } = server
    return {
      ...{
        dialect,
        port,
        account,
        place: { way: 'direct', tls: { mode: 'off' }, dialect, host: '127.0.0.1', port, account },
      },
      literal: kind === 'mariadb' ? mysqlLiteral('utf8mb4') : postgresLiteral('SQL_ASCII'),
      version: await versionOf(server),
      connect: () => (kind === 'mariadb' ? bareMysql(port, account) : barePostgres(port, account)),
      stop: () => server.stop(),
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function isThere(server: CatalogServer, database: string): Promise<boolean> {
  const names = server.kind === 'mariadb' ? 'SHOW DATABASES' : 'SELECT datname FROM pg_database'
  return (await server.run(names)).split('\n').includes(database)
}

async function fill(server: CatalogServer, database: string, options: Omit<CatalogOptions, 'now' | 'seed'>) {
  const begun = performance.now()
  const now = Math.floor(Date.now() / 1000)
  await fillCatalog(server, database, { ...options, now, seed: 1 }, () => undefined)
  // What PostgreSQL does by itself within minutes.
  if (server.kind === 'postgres') await server.run('VACUUM ANALYZE', database)
  console.log(`filled in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
}

async function admit(server: CatalogServer, { user, password, database }: BenchCatalog['account']): Promise<void> {
  if (server.kind === 'mariadb') {
    await server.run(
      `CREATE OR REPLACE USER ${user}@localhost IDENTIFIED BY '${password}'; GRANT SELECT ON ${database}.* TO ${user}@localhost; DROP USER IF EXISTS ${user}@'127.0.0.1'`,
    )
    return
  }
  const known = await server.run(`SELECT rolname FROM pg_roles WHERE rolname = '${user}'`)
  if (known.trim() === '') await server.run(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`)
  await server.run(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user}`, database)
}

async function versionOf(server: CatalogServer): Promise<string> {
  const text = (await server.run(server.kind === 'mariadb' ? 'SELECT VERSION()' : 'SHOW server_version')).trim()
  return server.kind === 'mariadb' ? `MariaDB ${text}` : `PostgreSQL ${text}`
}

async function bareMysql(port: number, account: BenchCatalog['account']): Promise<BareConnection> {
  const bare = await createConnection({ host: '127.0.0.1', port, ...account, rowsAsArray: true })
  return {
    rows: async (text) => (await bare.query<RowDataPacket[][]>(text))[0],
    end: () => bare.end(),
  }
}

async function barePostgres(port: number, account: BenchCatalog['account']): Promise<BareConnection> {
  const bare = new Client({ host: '127.0.0.1', port, ...account })
  await bare.connect()
  return {
    rows: async (text) => (await bare.query<unknown[]>({ text, rowMode: 'array' })).rows,
    end: () => bare.end(),
  }
}
