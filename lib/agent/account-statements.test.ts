import { expect, it } from 'vitest'
import { accountStatements } from './account-statements'

const wish = { database: 'bacula', login: 'pollux', password: 'a-B_9', address: '127.0.0.1', owner: 'bacula' }

it('makes an account of MySQL for both names of the loopback address', () => {
  const { statements, undo } = accountStatements({ ...wish, dialect: 'mysql' })
  expect(undo).toEqual(["DROP USER 'pollux'@'localhost';", "DROP USER 'pollux'@'127.0.0.1';"])
  expect(statements).toEqual([
    "CREATE USER 'pollux'@'localhost' IDENTIFIED BY 'a-B_9';",
    "GRANT SELECT ON `bacula`.* TO 'pollux'@'localhost';",
    "CREATE USER 'pollux'@'127.0.0.1' IDENTIFIED BY 'a-B_9';",
    "GRANT SELECT ON `bacula`.* TO 'pollux'@'127.0.0.1';",
  ])
})

it('makes a role of PostgreSQL that reads what the director will make, too', () => {
  expect(accountStatements({ ...wish, dialect: 'postgresql' })).toEqual({
    program: 'sudo -u postgres psql bacula',
    statements: [
      "CREATE ROLE pollux LOGIN PASSWORD 'a-B_9';",
      'ALTER ROLE pollux SET default_transaction_read_only = on;',
      'GRANT CONNECT ON DATABASE bacula TO pollux;',
      'GRANT USAGE ON SCHEMA public TO pollux;',
      'GRANT SELECT ON ALL TABLES IN SCHEMA public TO pollux;',
      'ALTER DEFAULT PRIVILEGES FOR ROLE bacula IN SCHEMA public GRANT SELECT ON TABLES TO pollux;',
    ],
    undo: [
      'ALTER DEFAULT PRIVILEGES FOR ROLE bacula IN SCHEMA public REVOKE SELECT ON TABLES FROM pollux;',
      'REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM pollux;',
      'REVOKE USAGE ON SCHEMA public FROM pollux;',
      'REVOKE CONNECT ON DATABASE bacula FROM pollux;',
      'DROP ROLE pollux;',
    ],
  })
})

it('lets nothing that was typed be more than a name or a password', () => {
  const hostile = {
    ...wish,
    database: 'my_db`; DROP',
    login: "o'neil\\",
    password: "a'b\\",
    owner: 'Ba"cula',
    address: '10.0.0.5',
  }
  expect(accountStatements({ ...hostile, dialect: 'mysql' }).statements).toEqual([
    String.raw`CREATE USER 'o''neil\\'@'%' IDENTIFIED BY 'a''b\\';`,
    "GRANT SELECT ON `my\\_db``; DROP`.* TO 'o''neil\\\\'@'%';",
  ])
  const { program, statements } = accountStatements({ ...hostile, dialect: 'postgresql' })
  expect(program).toBe('sudo -u postgres psql DATABASE')
  expect(statements[0]).toBe(String.raw`CREATE ROLE "o'neil\" LOGIN PASSWORD E'a''b\\';`)
  expect(statements[2]).toBe('GRANT CONNECT ON DATABASE "my_db`; DROP" TO "o\'neil\\";')
  expect(statements.at(-1)).toContain('FOR ROLE "Ba""cula"')
})
