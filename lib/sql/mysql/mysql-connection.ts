import { beginSession } from '../begin-session'
import { type Connection, namedRows } from '../connection'
import { failure } from '../failure'
import { mysqlLiteral, textOf } from '../text-of'
import type { ServerPlace } from '../types'
import { withinTime } from '../within-time'
import { openMysql } from './open-mysql'
import { mysqlCharacterSet, mysqlSession, mysqlTimeout, parseMysqlVersion } from './version'

// A server that keeps the time itself is only late on the way.
const graceMs = 2000

/** A connection to MySQL or MariaDB by the driver, told to read only. Throws as `openMysql`. */
export async function connectMysql(place: ServerPlace, signal?: AbortSignal): Promise<Connection> {
  const driver = await openMysql(place, signal)
  let isEnded = false
  let toldTimeoutMs: number | null = null
  const server = await beginSession(place, driver.cut, begin, signal)
  const version = parseMysqlVersion(server)
  const literal = mysqlLiteral(mysqlCharacterSet(version))

  async function begin(): Promise<string> {
    const { rows } = await driver.query('SELECT VERSION()')
    const text = rows[0]?.[0] ?? ''
    for (const statement of mysqlSession(parseMysqlVersion(text))) await driver.query(statement)
    return text
  }

  async function killQuery(): Promise<void> {
    const other = await openMysql(place)
    try {
      await other.query(`KILL QUERY ${driver.id}`)
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
      const telling = mysqlTimeout(version, timeoutMs)
      const run = async () => {
        if (telling !== null && toldTimeoutMs !== timeoutMs) {
          await driver.query(telling)
          toldTimeoutMs = timeoutMs
        }
        return driver.query(text)
      }
      const end = async () => {
        // What comes too late must not end the next question.
        isEnded = true
        await killQuery()
      }
      const limits = { timeoutMs, graceMs: telling === null ? 0 : graceMs, signal: cancel, end, cut: driver.cut }
      const { names, rows } = await withinTime(run(), place, limits)
      return namedRows(names, rows)
    },
    close: () => driver.close(),
  }
}
