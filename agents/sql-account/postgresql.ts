import type { Argv } from '@/lib/agent'
import { accountStatements } from '@/lib/agent/account-statements'
import { literal } from './commands'
import type { DesiredOf } from './desired'
import type { AccountWork } from './work'

const writes = ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']

/** No statement of this session comes into the server's log, whatever it logs; the password stands in one. */
const quiet = [
  "SET log_statement = 'none';",
  'SET log_min_duration_statement = -1;',
  "SET log_min_error_statement = 'panic';",
]

/** What PostgreSQL is told and asked, as its superuser. */
export function postgresWork(wish: DesiredOf<'postgresql'>): AccountWork {
  const { database, login, password, port, owner, table } = wish
  const administrator: Argv = [
    'runuser',
    ...['-u', 'postgres', '--', 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'],
    ...['-p', String(port), '-d', database],
  ]
  const ask = (question: string): Argv => [...administrator, '-c', question]
  const may = writes.map((right) => `has_table_privilege(${literal(login)}, c.oid, ${literal(right)})`).join(' OR ')
  const { statements, undo } = accountStatements({
    dialect: 'postgresql',
    database,
    login,
    password,
    address: '127.0.0.1',
    owner,
  })
  return {
    server: `PostgreSQL on port ${port}`,
    administrator,
    count: ask(`SELECT count(*) FROM pg_roles WHERE rolname = ${literal(login)}`),
    none: '0',
    all: '1',
    make: [...quiet, 'BEGIN;', ...statements, 'COMMIT;', ''].join('\n'),
    drop: [
      'DO $undo$ BEGIN',
      `IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ${literal(login)}) THEN`,
      ...undo.map((statement) => `  ${statement}`),
      'END IF;',
      'END $undo$;',
      '',
    ].join('\n'),
    rights: ask(
      `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' AND (${may})`,
    ),
    readsOnly: '0',
    read: {
      run: [
        'sh',
        ...['-c', 'IFS= read -r PGPASSWORD; export PGPASSWORD; exec psql "$@" </dev/null', 'pollux'],
        ...['-X', '-q', '-A', '-t', '-w', '-h', '127.0.0.1', '-p', String(port), '-U', login, '-d', database],
        ...['-c', `SELECT 1 FROM "${table}" LIMIT 1`],
      ],
      input: `${password}\n`,
    },
  }
}
