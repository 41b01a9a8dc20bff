import { randomBytes } from 'node:crypto'
import { shellQuote } from '@/lib/ssh'
import { type AskLimits, type Connection, namedRows } from '../connection'
import { failure, reasonOf } from '../failure'
import { postgresReason } from '../postgres/reason'
import { postgresSession, postgresTimeout } from '../postgres/session'
import { postgresLiteral, textOf } from '../text-of'
import type { ClientPlace } from '../types'
import { askClient, noProgram, type ReadReason } from './ask-client'
import { type PsqlMarks, parsePsql } from './psql-output'

const graceMs = 3000
const openLimits: AskLimits = { timeoutMs: 15_000 }

/** PostgreSQL by the host's own `psql`: a session for each question. Throws as `SqlReader.ask`. */
export async function connectPsql(place: ClientPlace, signal?: AbortSignal): Promise<Connection> {
  const run = async (statements: readonly string[], limits: AskLimits, grace: number) => {
    const marks = newMarks()
    const printed = await askClient(place, {
      ...limits,
      graceMs: grace,
      script: psqlScript(place, statements, marks),
      readReason,
      endOf: (head) => {
        const id = new RegExp(`^pollux_id${marks.row}(\\d+)\\n`).exec(head)?.[1]
        return id === undefined ? null : () => cancel(id)
      },
    })
    return parsePsql(printed, marks)
  }
  const cancel = async (id: string) => {
    await run([`SELECT pg_cancel_backend(${id})`], openLimits, 0)
  }
  const opening = await run(
    ["SELECT current_setting('server_version'), current_setting('server_encoding')"],
    { ...openLimits, signal },
    0,
  )
  const [version, encoding] = opening[0]?.rows[0] ?? []
  const literal = postgresLiteral(encoding ?? '')
  return {
    server: version?.split(' ')[0] ?? '',
    isUsable: () => true,
    async ask(question, limits) {
      const statements = [
        'SELECT pg_backend_pid() AS pollux_id',
        ...postgresSession(encoding ?? ''),
        postgresTimeout(limits.timeoutMs),
        textOf(question, literal),
      ]
      const started = performance.now()
      try {
        const answers = await run(statements, limits, graceMs)
        const { names, rows } = answers[1] ?? { names: [], rows: [] }
        return namedRows(names, rows)
      } catch (error) {
        // One code says both that the server's timeout came and that somebody ended the question.
        const isLate = reasonOf(error) === 'ended' && performance.now() - started >= limits.timeoutMs
        throw isLate ? failure('too-long', place, { timeoutMs: limits.timeoutMs, cause: error }) : error
      }
    },
    close: async () => undefined,
  }
}

// "ERROR:  42P01: relation …". Failures to connect have no code: those that the server tells begin with its FATAL.
const readReason: ReadReason = ({ stderr, hasBegun }) => {
  const sqlState = /^(?:psql:\S+ )?\S+: {1,2}([0-9A-Z]{5}): /m.exec(stderr)?.[1]
  if (sqlState !== undefined) return { reason: postgresReason(sqlState), code: sqlState }
  if (hasBegun) return { reason: 'lost' }
  return { reason: /FATAL/.test(stderr) ? 'no-login' : 'no-answer' }
}

/**
 * The script that runs the client. The password is in the environment, which only root and the login itself can read: psql
 * takes a password file only if it is a plain file.
 */
function psqlScript(place: ClientPlace, statements: readonly string[], marks: PsqlMarks): string {
  const { user, password, database } = place.account
  const mark = `POLLUX_${randomBytes(12).toString('hex')}`
  const words = ['-X', '-q', '-A', '-w', '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose', '-P', 'footer=off']
  const shape = ['-P', `null=${marks.null}`, '-F', marks.field, '-R', marks.row]
  return [
    `command -v psql > /dev/null || { echo "psql is not there" >&2; exit ${noProgram}; }`,
    ...Object.entries({
      PGHOST: place.host,
      PGPORT: `${place.port}`,
      PGUSER: user,
      PGPASSWORD: password,
      PGDATABASE: database,
      PGCONNECT_TIMEOUT: '10',
      PGAPPNAME: 'pollux',
      LC_ALL: 'C',
    }).map(([name, value]) => `${name}=${shellQuote(value)}; export ${name}`),
    'unset PGOPTIONS PGSERVICE PGCLIENTENCODING PGSSLMODE PGHOSTADDR',
    `exec psql ${[...words, ...shape].join(' ')} <<'${mark}'`,
    ...statements.map((statement) => `${statement}\n;`),
    mark,
    '',
  ].join('\n')
}

/** No value can hold these: they are made anew each time. */
function newMarks(): PsqlMarks {
  const nonce = randomBytes(12).toString('hex')
  return { field: `F${nonce}`, row: `R${nonce}`, null: `N${nonce}` }
}
