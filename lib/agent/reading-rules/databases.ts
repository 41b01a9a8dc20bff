import { isReadingSql } from '../reading-sql'
import { anyPath, format, name, number, type WordRule } from './word-rule'

// Without option files, which could have it write a log or begin with a statement, but for the one that Pollux made in its own
// folder, which is root's alone; over the socket alone.
const sqlClient: WordRule = {
  options: ['--no-defaults', '--batch', '--skip-column-names', '--force'],
  valued: {
    '--defaults-file': /^\/var\/lib\/pollux\/mysql\/[\w.-]+\.cnf$/,
    '--user': name,
    '--protocol': /^SOCKET$/,
    '--socket': anyPath,
    '--connect-timeout': number,
    '--default-character-set': /^\w+$/,
    '-e': format,
  },
  whole: (words) =>
    (words[0] === '--no-defaults' || words[0]?.startsWith('--defaults-file=') === true) &&
    words.filter((word) => word === '-e').length === 1 &&
    isReadingSql(words[words.indexOf('-e') + 1] ?? ''),
}

// A server that is asked for its version reads no file and opens no data.
const sqlServer: WordRule = {
  options: ['--no-defaults', '--version'],
  whole: (words) => words.join(' ') === '--no-defaults --version',
}

/** Clients of MySQL that ask a question, servers that tell their version. */
export const databasesRules = {
  mariadb: sqlClient,
  mariadbd: sqlServer,
  my_print_defaults: { options: ['--help', '--mysqld'], whole: (words) => words.length === 1 },
  mysql: sqlClient,
  mysqld: sqlServer,
} satisfies Readonly<Record<string, WordRule>>
