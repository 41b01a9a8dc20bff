import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../run-command'
import { feedProgram } from './feed-program'
import { freePort } from './mariadb'
import { type CatalogServer, endServer, type StartServer, spawnServer, waitUntil } from './server'

/** PostgreSQL refuses to run as root, so root lends it Debian's own account. */
const asPostgres = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : []

/**
 * A PostgreSQL of its own, with what initdb sets, as Bacula's catalogs are made: encoding SQL_ASCII, locale C.
 * What an earlier one left in the folder it serves again. Throws an
 * Error with its words when it does not come up.
 */
export const startPostgres: StartServer = async (folder, { port, options = [] } = {}) => {
  const [data, log] = [join(folder, 'postgres'), join(folder, 'postgres.log')]
  const programs = postgresPrograms()
  if (asPostgres.length > 0) await runCommand(['chown', 'postgres:', folder])
  if (!existsSync(data))
    await runCommand([
      ...asPostgres,
      `${programs}/initdb`,
      '-D',
      data,
      '-U',
      'postgres',
      '-E',
      'SQL_ASCII',
      '--locale=C',
      '-A',
      'trust',
    ])
  const at = port ?? (await freePort())
  const argv = [...asPostgres, `${programs}/postgres`, '-D', data, '-k', folder, '-p', String(at), '-h', '127.0.0.1']
  const kept = ['-c', 'logging_collector=on', '-c', `log_directory=${folder}`, '-c', 'log_filename=postgres.log']
  const server = spawnServer([...argv, ...kept, ...options])
  const client = (database: string) => [
    'psql',
    '-X',
    '-q',
    '-v',
    'ON_ERROR_STOP=1',
    '-h',
    folder,
    '-p',
    String(at),
    '-U',
    'postgres',
    '-d',
    database,
  ]
  const run = async (sql: string, database = 'postgres') =>
    (await runCommand([...client(database), '-At', '-F', '\t', '-c', sql])).stdout
  await waitUntil(server, () => run('SELECT 1'), log)
  return {
    kind: 'postgres',
    port: at,
    data,
    run,
    createDatabase: async (database) => {
      await run(`CREATE DATABASE ${database}`)
    },
    script: (database, sql) => feedProgram(client(database), [sql]),
    load: (database, table, columns, chunks) =>
      feedProgram([...client(database), '-c', `COPY ${table} (${columns.join(', ')}) FROM STDIN`], chunks),
    bytesOf: async (database) => Number(await run(`SELECT pg_database_size('${database}')`)),
    stop: () => endServer(server, 'SIGINT'),
  } satisfies CatalogServer
}

function postgresPrograms(): string {
  const folder = '/usr/lib/postgresql'
  const versions = existsSync(folder) ? readdirSync(folder).sort((one, other) => Number(other) - Number(one)) : []
  if (!versions[0]) throw new Error(`expected a PostgreSQL server below ${folder} (Debian: postgresql), got none`)
  return `${folder}/${versions[0]}/bin`
}
