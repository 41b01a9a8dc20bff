import { hostExec } from '@/e2e/lab/lab'

/** What the server of a lab host says to a statement of this account, in a session that does not hold itself back. */
export function tellAs(
  name: string,
  dialect: 'mysql' | 'postgresql',
  { login, password }: { login: string; password: string },
  statement: string,
): ReturnType<typeof hostExec> {
  // In a session of its own, as a transaction that has begun stays what it is.
  const open = 'SET default_transaction_read_only = off'
  const there = ['-h', '127.0.0.1']
  const client =
    dialect === 'mysql'
      ? [`MYSQL_PWD=${password}`, 'mysql', ...there, '-u', login, 'bacula', '-e', statement]
      : [`PGPASSWORD=${password}`, 'psql', ...there, '-U', login, 'bacula', ...eachOf(open, statement)]
  return hostExec(name, ['env', ...client])
}

const eachOf = (...statements: readonly string[]) => statements.flatMap((each) => ['-c', each])
