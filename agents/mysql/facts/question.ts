import { GRANTS_QUESTION } from '../account/grant'
import { type ClientProgram, clientWords } from '../server/root-client'

/** What a section's rows are told apart by: a row of two columns, this and the section's name. */
export const MARK = '@@pollux'

/** More tables than this are counted and not measured: old servers open every one of them for it. */
export const MEASURED_TABLES = 20_000

/** Schemas up to which tables are counted at all: MySQL 5.0 opens every table to count them. */
export const COUNTED_SCHEMAS = 1000

/** Seconds that one statement may take where the version has a limit (MySQL 5.7.8, MariaDB 10.1.1). */
const STATEMENT_S = 4

/**
 * Versions in comments are the server's own switch: `/*!50708` is for MySQL alone, since MariaDB passes by what is from
 * 50700 on; `/*M!` is for MariaDB alone (MariaDB manual, "Comment Syntax"). With an expiry of 0 MySQL 8 reads table
 * statistics and does not write them down (MySQL manual, information_schema_stats_expiry).
 */
const limits = [
  "SET @pollux = 1, SESSION sql_mode = ''",
  '/*!50503 , SESSION lock_wait_timeout = 3 */',
  `/*!50708 , SESSION max_execution_time = ${STATEMENT_S * 1000} */`,
  '/*!80003 , SESSION information_schema_stats_expiry = 0 */',
  `/*M!100101 , SESSION max_statement_time = ${STATEMENT_S} */`,
].join(' ')

const measured =
  "FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema')"
const bytes = 'DATA_LENGTH, INDEX_LENGTH, DATA_FREE'
const sums = 'SUM(DATA_LENGTH), SUM(INDEX_LENGTH), SUM(DATA_FREE)'

/** A statement that runs only where the condition holds: MySQL would fill the table before it looks at a WHERE. */
function onlyIf(condition: string, statement: string): string[] {
  return [
    `SET @pollux_text = IF(${condition}, '${statement.replaceAll("'", "''")}', 'DO 0')`,
    'PREPARE pollux FROM @pollux_text',
    'EXECUTE pollux',
  ]
}

const connections = [
  "SELECT COUNT(*), USER, LEFT(HOST, CHAR_LENGTH(HOST) - LOCATE(':', REVERSE(HOST))), DB, COMMAND",
  'FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() GROUP BY 2, 3, 4, 5 LIMIT 300',
].join(' ')

/** The statements of each section. What a version does not know fails alone, and says so in its section. */
const sections = {
  server: ['SELECT VERSION(), CURRENT_USER(), USER(), CONNECTION_ID()'],
  variables: ['SHOW GLOBAL VARIABLES'],
  // MySQL 8.0; MariaDB 10.1, with the file's path from 10.5.
  sources: [
    'SELECT VARIABLE_NAME, VARIABLE_SOURCE, VARIABLE_PATH, SET_TIME, SET_USER, SET_HOST FROM performance_schema.variables_info',
  ],
  origins: [
    'SELECT VARIABLE_NAME, GLOBAL_VALUE_ORIGIN, DEFAULT_VALUE /*M!100500 , GLOBAL_VALUE_PATH */ FROM information_schema.SYSTEM_VARIABLES',
  ],
  // What SET PERSIST wrote down for the next start; the variable itself is DYNAMIC until then.
  persisted: ['SELECT VARIABLE_NAME, VARIABLE_VALUE FROM performance_schema.persisted_variables'],
  status: ['SHOW GLOBAL STATUS'],
  engines: ['SHOW ENGINES'],
  plugins: ['SHOW PLUGINS'],
  schemas: ["SELECT COUNT(*), SUM(SCHEMA_NAME = 'test') FROM information_schema.SCHEMATA"],
  count: [
    'SET @pollux_tables = NULL, @pollux_schemas = (SELECT COUNT(*) FROM information_schema.SCHEMATA)',
    ...onlyIf(
      `@pollux_schemas <= ${COUNTED_SCHEMAS}`,
      'SET @pollux_tables = (SELECT COUNT(*) FROM information_schema.TABLES)',
    ),
    'SELECT @pollux_tables, @pollux_schemas',
  ],
  sizes: onlyIf(
    `@pollux_tables <= ${MEASURED_TABLES}`,
    `SELECT COUNT(*), TABLE_SCHEMA, ENGINE, ${sums} ${measured} GROUP BY TABLE_SCHEMA, ENGINE LIMIT 1000`,
  ),
  biggest: onlyIf(
    `@pollux_tables <= ${MEASURED_TABLES}`,
    `SELECT TABLE_ROWS, TABLE_SCHEMA, TABLE_NAME, ENGINE, ROW_FORMAT, ${bytes} ${measured} AND TABLE_SCHEMA NOT IN ('mysql', 'sys') ORDER BY IFNULL(DATA_LENGTH, 0) + IFNULL(INDEX_LENGTH, 0) DESC, TABLE_SCHEMA, TABLE_NAME LIMIT 200`,
  ),
  // The first is MariaDB's (10.0), the second every version's up to MySQL 8.3, the third MySQL's from 8.0.22 on.
  sourcesOfAll: ['SHOW ALL SLAVES STATUS'],
  slave: ['SHOW SLAVE STATUS'],
  replica: ['SHOW REPLICA STATUS'],
  accounts: [
    "SELECT User = '', User, Host FROM mysql.user WHERE User = '' AND Host <> '' OR User = 'root' ORDER BY User, Host LIMIT 100",
  ],
  // Of Pollux's own account.
  grants: [GRANTS_QUESTION],
  connections: [connections],
  // Before 5.1.7 there is no such table, and this is SHOW PROCESSLIST; after it, a list of that table's columns.
  processes: ['SHOW /*!50107 FIELDS FROM */ PROCESSLIST /*!50107 FROM information_schema */'],
} as const

export type Section = keyof typeof sections

export const SECTIONS = Object.keys(sections).filter((name): name is Section => name in sections)

/**
 * The whole question as the client takes it behind `-e`. Each section begins with a mark that reads a table: only that
 * empties the list of errors in every version, so that `SHOW ERRORS` behind it is about this section.
 */
export const QUESTION: string = [
  limits,
  ...SECTIONS.flatMap((name) => [markOf(name), ...sections[name], 'SHOW ERRORS']),
  markOf('end'),
]
  .map((statement) => `${statement};`)
  .join('\n')

function markOf(name: string): string {
  return `SELECT '${MARK}', '${name}' FROM information_schema.CHARACTER_SETS LIMIT 1`
}

/**
 * The client's words that ask a server the question, as root of its socket or by Pollux's own option file. `--force` comes
 * last: `-e` switches it off (client/mysql.cc). Without `--raw` the client writes tabs, newlines, NULs and backslashes of
 * values as escapes.
 */
export function questionArgv<Program extends ClientProgram>(
  program: Program,
  socket: string,
  accountFile: string | null = null,
): readonly [Program, ...string[]] {
  return [...clientWords(program, socket, accountFile), '--default-character-set=utf8', '-e', QUESTION, '--force']
}
