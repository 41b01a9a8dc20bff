import { beginSession } from '../begin-session'
import { type Connection, namedRows } from '../connection'
import { failure, reasonOf } from '../failure'
import { postgresLiteral, textOf } from '../text-of'
import type { ServerPlace } from '../types'
import { withinTime } from '../within-time'
import { openPostgres } from './open-postgres'
import { postgresSession, postgresTimeout } from './session'

const graceMs = 2000

/** A connection to PostgreSQL by the driver, told to read only. Throws as `openPostgres`. */
export async function connectPostgres(place: ServerPlace, signal?: AbortSignal): Promise<Connection> {
  const driver = await openPostgres(place, signal)
  let isEnded = false
  let toldTimeoutMs: number | null = null
  const { server, processId, encoding } = await beginSession(place, driver.cut, begin, signal)
  const literal = postgresLiteral(encoding)

  async function begin() {
    const { rows } = await driver.query(
      "SELECT current_setting('server_version'), pg_backend_pid(), current_setting('server_encoding')",
    )
    const [version = '', id, encoding = ''] = rows[0] ?? []
    for (const statement of postgresSession(encoding ?? '')) await driver.query(statement)
    // "15.9 (Debian 15.9-0+deb12u1)"
    return { server: version?.split(' ')[0] ?? '', processId: Number(id), encoding: encoding ?? '' }
  }

  async function cancelQuery(): Promise<void> {
    const other = await openPostgres(place)
    try {
      await other.query(`SELECT pg_cancel_backend(${processId})`)
    } finally {
      await other.close()
    }
  }

  return {
    server,
    isUsable: () => !isEnded && !driver.isLost(),
    async ask(question, { timeoutMs, signal: cancel }) {
      const text = textOf(question, literal)
      if (cancel?.aborted) throw failure('cancelled', place)
      const started = performance.now()
      const run = async () => {
        if (toldTimeoutMs !== timeoutMs) {
          await driver.query(postgresTimeout(timeoutMs))
          toldTimeoutMs = timeoutMs
        }
        return driver.query(text).catch((error: unknown) => {
          throw asLate(error, started, timeoutMs)
        })
      }
      const end = async () => {
        // What comes too late must not end the next question.
        isEnded = true
        await cancelQuery()
      }
      const { names, rows } = await withinTime(run(), place, {
        timeoutMs,
        graceMs,
        signal: cancel,
        end,
        cut: driver.cut,
      })
      return namedRows(names, rows)
    },
    close: () => driver.close(),
  }

  /** One code says both that the server's timeout came and that somebody ended the question: the clock tells them apart. */
  function asLate(error: unknown, started: number, timeoutMs: number): unknown {
    const isLate = reasonOf(error) === 'ended' && performance.now() - started >= timeoutMs
    return isLate ? failure('too-long', place, { timeoutMs, cause: error }) : error
  }
}
