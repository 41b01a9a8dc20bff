import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { runCommand } from '../run-command'
import { feedProgram } from './feed-program'
import { type CatalogServer, endServer, type StartServer, spawnServer, waitUntil } from './server'

/**
 * A MariaDB of its own: its files below a folder, a socket there and a port on 127.0.0.1, and otherwise what MariaDB does
 * by itself, whatever /etc/mysql says. What an earlier one left in the folder it serves again. Throws an Error with its words when it does not come up.
 */
export const startMariadb: StartServer = async (folder, { port, options = [] } = {}) => {
  const [data, socket, log] = [join(folder, 'mariadb'), join(folder, 'mariadb.sock'), join(folder, 'mariadb.log')]
  mkdirSync(data, { recursive: true })
  // Another server that starts meanwhile clears the tables of a common folder away.
  const own = ['--no-defaults', '--user=root', `--datadir=${data}`, `--tmpdir=${folder}`]
  if (!existsSync(join(data, 'mysql')))
    await runCommand(['mariadb-install-db', ...own, '--auth-root-authentication-method=normal', '--skip-test-db'])
  const at = port ?? (await freePort())
  const server = spawnServer([
    ...['mariadbd', ...own, `--socket=${socket}`, `--port=${at}`, '--bind-address=127.0.0.1', `--log-error=${log}`],
    ...options,
  ])
  const client = ['mariadb', '--no-defaults', `--socket=${socket}`, '--user=root', '--batch', '--skip-column-names']
  const run = async (sql: string, database = '') =>
    (await runCommand([...client, ...(database ? [database] : []), '-e', sql])).stdout
  await waitUntil(server, () => run('SELECT 1'), log)
  return {
    kind: 'mariadb',
    port: at,
    data,
    run,
    createDatabase: async (database) => {
      await run(`CREATE DATABASE ${database}`)
    },
    script: (database, sql) => feedProgram([...client, database], [sql]),
    load: (database, table, columns, chunks) => {
      const load = `LOAD DATA LOCAL INFILE '/dev/stdin' INTO TABLE ${table} CHARACTER SET binary (${columns.join(', ')}); SHOW WARNINGS`
      return feedProgram([...client, '--local-infile=1', database, '-e', load], chunks)
    },
    bytesOf: async (database) => Number((await runCommand(['du', '-sb', join(data, database)])).stdout.split('\t')[0]),
    stop: () => endServer(server, 'SIGTERM'),
  } satisfies CatalogServer
}

/** A port that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('expected a port, got none')),
      )
    })
  })
}
