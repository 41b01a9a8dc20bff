import { randomBytes } from 'node:crypto'
import { shellQuote } from '@/lib/ssh'
import { type AskLimits, type Connection, namedRows } from '../connection'
import { mysqlReason } from '../mysql/reason'
import { mysqlCharacterSet, mysqlSession, mysqlTimeout, parseMysqlVersion } from '../mysql/version'
import { mysqlLiteral, textOf } from '../text-of'
import type { ClientPlace } from '../types'
import { askClient, noProgram, type ReadReason } from './ask-client'
import { parseMysqlXml } from './mysql-xml'

const graceMs = 3000
const openLimits: AskLimits = { timeoutMs: 15_000 }

/** MySQL or MariaDB by the host's own `mariadb` or `mysql`: a session for each question. Throws as `SqlReader.ask`. */
export async function connectMysqlClient(place: ClientPlace, signal?: AbortSignal): Promise<Connection> {
  const run = (statements: readonly string[], limits: AskLimits, grace: number) =>
    askClient(place, {
      ...limits,
      graceMs: grace,
      script: mysqlScript(place, statements),
      readReason,
      endOf: (printed) => {
        const id = /<field name="pollux_id">(\d+)</.exec(printed)?.[1]
        return id === undefined ? null : () => kill(id)
      },
    })
  const kill = async (id: string) => {
    await run([`KILL QUERY ${id}`], openLimits, 0)
  }
  const opening = parseMysqlXml(await run(['SELECT VERSION() AS version'], { ...openLimits, signal }, 0))
  const server = opening[0]?.rows[0]?.[0] ?? ''
  const version = parseMysqlVersion(server)
  const literal = mysqlLiteral(mysqlCharacterSet(version))
  return {
    server,
    isUsable: () => true,
    async ask(question, limits) {
      const telling = mysqlTimeout(version, limits.timeoutMs)
      const statements = [
        'SELECT CONNECTION_ID() AS pollux_id',
        ...mysqlSession(version),
        ...(telling === null ? [] : [telling]),
        textOf(question, literal),
      ]
      const answers = parseMysqlXml(await run(statements, limits, telling === null ? 0 : graceMs))
      const { names, rows } = answers[1] ?? { names: [], rows: [] }
      return namedRows(names, rows)
    },
    close: async () => undefined,
  }
}

// "ERROR 1045 (28000): Access denied …", "ERROR 2002 (HY000): …", "ERROR 1146 (42S02) at line 7: …"
const readReason: ReadReason = ({ stderr }) => {
  const number = Number(/^(?:\S*: )?ERROR (\d+)/m.exec(stderr)?.[1] ?? 0)
  return { reason: mysqlReason(number), code: number }
}

/**
 * The script that runs the client. The login stands in an options file that is a pipe, and the question in another: neither is
 * seen in the list of processes.
 */
function mysqlScript(place: ClientPlace, statements: readonly string[]): string {
  const { user, password, database } = place.account
  const mark = `POLLUX_${randomBytes(12).toString('hex')}`
  const options = [
    '[client]',
    `user=${optionValue(user)}`,
    `password=${optionValue(password)}`,
    `host=${optionValue(place.host)}`,
    `port=${place.port}`,
    'protocol=TCP',
    'local-infile=0',
    // Newer clients want a certificate even of a server on their own machine.
    'loose-ssl-verify-server-cert=0',
  ]
  const words = [
    '--defaults-file=/dev/fd/3',
    '--batch',
    '--xml',
    '--unbuffered',
    '--connect-timeout=10',
    '--no-auto-rehash',
  ]
  return [
    `client=$(command -v mariadb || command -v mysql) || { echo "neither mariadb nor mysql is there" >&2; exit ${noProgram}; }`,
    `exec "$client" ${words.join(' ')} --database=${shellQuote(database)} 3<<'${mark}_LOGIN' <<'${mark}'`,
    ...options,
    `${mark}_LOGIN`,
    // The semicolon on a line of its own: a comment may end a statement.
    ...statements.map((statement) => `${statement}\n;`),
    mark,
    '',
  ].join('\n')
}

/** A value in an options file, in quotes ("Using Option Files" in the manuals). */
function optionValue(value: string): string {
  const escaped = value
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}
