export interface AccountWish {
  dialect: 'mysql' | 'postgresql'
  database: string
  login: string
  password: string
  /** Where the database is for Pollux or for the host it goes through. */
  address: string
  /** The director's own account, which makes new tables; null where it is not known. */
  owner: string | null
}

export interface AccountStatements {
  /** How they are run, by an administrator of the database. */
  program: string
  statements: readonly string[]
  /** The statements that take the account away; each of them fails where there is none. */
  undo: readonly string[]
}

/** What stands in place of a password that was not chosen yet. */
const noPassword = 'PASSWORD'

/**
 * The statements that make an account which may only read a catalog (the manuals of MySQL: GRANT; of PostgreSQL: CREATE ROLE,
 * GRANT, ALTER DEFAULT PRIVILEGES). Pure. What was typed is quoted, so that it can be nothing but a name or a password.
 */
export function accountStatements(wish: AccountWish): AccountStatements {
  return wish.dialect === 'mysql' ? mysqlStatements(wish) : postgresStatements(wish)
}

function mysqlStatements({ database, login, password, address }: AccountWish): AccountStatements {
  const by = `IDENTIFIED BY ${mysqlText(password || noPassword)}`
  // A connection from the loopback address has the name localhost, except where the server looks up no names.
  const accounts = clientsOf(address).map((client) => `${mysqlText(login)}@${mysqlText(client)}`)
  return {
    program: 'mysql',
    statements: accounts.flatMap((account) => [
      `CREATE USER ${account} ${by};`,
      // In GRANT _ and % in a name of a database stand for any character.
      `GRANT SELECT ON \`${database.replaceAll('`', '``').replace(/[_%\\]/g, '\\$&')}\`.* TO ${account};`,
    ]),
    undo: accounts.map((account) => `DROP USER ${account};`),
  }
}

function postgresStatements({ database, login, password, owner }: AccountWish): AccountStatements {
  const [role, base] = [postgresName(login), postgresName(database)]
  const forOwner = owner === null ? '' : ` FOR ROLE ${postgresName(owner)}`
  return {
    program: `sudo -u postgres psql ${/^[\w-]+$/.test(database) ? database : 'DATABASE'}`,
    statements: [
      `CREATE ROLE ${role} LOGIN PASSWORD ${postgresText(password || noPassword)};`,
      `ALTER ROLE ${role} SET default_transaction_read_only = on;`,
      `GRANT CONNECT ON DATABASE ${base} TO ${role};`,
      `GRANT USAGE ON SCHEMA public TO ${role};`,
      `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role};`,
      `ALTER DEFAULT PRIVILEGES${forOwner} IN SCHEMA public GRANT SELECT ON TABLES TO ${role};`,
    ],
    undo: [
      `ALTER DEFAULT PRIVILEGES${forOwner} IN SCHEMA public REVOKE SELECT ON TABLES FROM ${role};`,
      `REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM ${role};`,
      `REVOKE USAGE ON SCHEMA public FROM ${role};`,
      `REVOKE CONNECT ON DATABASE ${base} FROM ${role};`,
      `DROP ROLE ${role};`,
    ],
  }
}

function clientsOf(address: string): string[] {
  return /^(127\.|::1$|localhost$)/.test(address) ? ['localhost', '127.0.0.1'] : ['%']
}

function mysqlText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

function postgresName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

function postgresText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}`.trimStart() : quoted
}
