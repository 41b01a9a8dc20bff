import type { Argv } from '@/lib/agent'
import { accountStatements } from '@/lib/agent/account-statements'
import { literal } from './commands'
import type { DesiredOf } from './desired'
import type { AccountWork } from './work'

const clients = ['localhost', '127.0.0.1'] as const

const adminOptions = {
  socket: [],
  'root-file': ['--defaults-extra-file=/root/.my.cnf'],
  'debian-file': ['--defaults-file=/etc/mysql/debian.cnf'],
} as const

/** What MySQL and MariaDB are told and asked. Statements go over standard input: the password stands in them. */
export function mysqlWork(wish: DesiredOf<'mysql'>): AccountWork {
  const { client, admin, database, login, password, port, table } = wish
  const administrator: Argv = [client, ...adminOptions[admin], '--protocol=SOCKET', '--batch']
  const ask = (question: string): Argv => [...administrator, '--skip-column-names', '-e', question]
  const grantees = clients.map((host) => literal(`'${login}'@'${host}'`)).join(', ')
  const granted = (where: string, which: string) =>
    `(SELECT COUNT(*) FROM information_schema.${where} WHERE GRANTEE IN (${grantees}) AND PRIVILEGE_TYPE ${which})`
  const { statements, undo } = accountStatements({
    dialect: 'mysql',
    database,
    login,
    password,
    address: '127.0.0.1',
    owner: null,
  })
  return {
    server: `the database server on port ${port}`,
    administrator,
    // The port tells that the socket is that of the right server.
    count: ask(
      `SELECT CONCAT(@@port, ' ', COUNT(*)) FROM mysql.user WHERE User = ${literal(login)} AND Host IN (${clients.map(literal).join(', ')})`,
    ),
    none: `${port} 0`,
    all: `${port} ${clients.length}`,
    // Quoting as in `accountStatements`, and no line of it in the general log.
    make: ["SET SESSION sql_mode = '';", 'SET SESSION sql_log_off = 1;', ...statements, ''].join('\n'),
    drop: [...undo.map((statement) => statement.replace('DROP USER', 'DROP USER IF EXISTS')), ''].join('\n'),
    rights: ask(
      `SELECT CONCAT(${granted('USER_PRIVILEGES', "<> 'USAGE'")}, ' ', ${granted('SCHEMA_PRIVILEGES', "= 'SELECT'")}, ' ', ${granted('SCHEMA_PRIVILEGES', "<> 'SELECT'")})`,
    ),
    readsOnly: `0 ${clients.length} 0`,
    read: {
      run: [
        client,
        ...['--defaults-file=/dev/stdin', '--protocol=TCP', '--host=127.0.0.1', `--port=${port}`],
        // Newer clients want a certificate even of a server on their own machine.
        ...['--loose-ssl-verify-server-cert=0', '--batch', '--skip-column-names'],
        ...['-e', `SELECT 1 FROM \`${table}\` LIMIT 1`, database],
      ],
      input: `[client]\nuser=${login}\npassword="${password.replaceAll(/[\\"]/g, '\\$&')}"\n`,
    },
  }
}
