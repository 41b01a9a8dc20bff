import type { Duplex } from 'node:stream'
import { createConnection, type Connection as Driver, type FieldPacket } from 'mysql2'
import { failure } from '../failure'
import { codeOf, networkReason } from '../network-reason'
import { connectTimeoutMs, leaveStream, openStream } from '../open-stream'
import { tlsOptions, tlsReason } from '../tls'
import type { ServerPlace } from '../types'
import { checkIdentity } from './check-identity'
import { mysqlReason } from './reason'

/** One connection of the driver, with answers as cells of text. */
export interface MysqlDriver {
  id: number
  isLost(): boolean
  query(text: string): Promise<{ names: string[]; rows: (string | null)[][] }>
  /** Ends it now; a question on it gets no answer. */
  cut(): void
  close(): Promise<void>
}

/** Connects and logs in. Throws AppError as `SqlReader.ask` does, and what connecting to the host throws. */
export async function openMysql(place: ServerPlace, signal?: AbortSignal): Promise<MysqlDriver> {
  const stream = await openStream(place, signal)
  const tls = place.way === 'direct' ? tlsOptions(place.tls, place.host) : null
  const driver = createConnection({
    stream,
    host: place.host,
    ...(tls ? { ssl: { ca: tls.ca, rejectUnauthorized: tls.rejectUnauthorized, verifyIdentity: false } } : {}),
    user: place.account.user,
    password: place.account.password,
    database: place.account.database,
    charset: 'utf8mb4',
    flags: ['-LOCAL_FILES'],
    multipleStatements: false,
    connectTimeout: connectTimeoutMs,
    rowsAsArray: true,
    // Every value as the text that the server sent.
    typeCast: (field) => field.buffer()?.toString('utf8') ?? null,
  })
  let isLost = false
  const onLost = () => {
    isLost = true
  }
  let tlsError: Error | null = null
  driver.on('error', onLost)
  driver.on('end', onLost)
  stream.on('close', onLost)
  const cut = () => {
    isLost = true
    driver.destroy()
    leaveStream(stream)
  }
  try {
    if (tls)
      checkIdentity(driver, tls, (error) => {
        // The driver writes its own code over this one's.
        tlsError = Object.assign(new Error(error.message), { code: codeOf(error) ?? 'ERR_TLS_HANDSHAKE' })
      })
    await logIn(driver, stream, signal)
  } catch (error) {
    cut()
    throw signal?.aborted ? failure('cancelled', place) : mysqlFailure(tlsError ?? error, place, false)
  }
  return {
    id: driver.threadId,
    isLost: () => isLost,
    query: (text) =>
      new Promise((resolve, reject) => {
        driver.query({ sql: text }, (error: unknown, rows: unknown, fields?: FieldPacket[]) => {
          if (error) reject(mysqlFailure(error, place, true))
          else resolve({ names: (fields ?? []).map(({ name }) => name), rows: asCells(rows) })
        })
      }),
    cut,
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(finish, 1000)
        function finish() {
          clearTimeout(timer)
          cut()
          resolve()
        }
        if (isLost) finish()
        else driver.end(finish)
      }),
  }
}

function logIn(driver: Driver, stream: Duplex, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      leaveStream(stream)
      reject(new Error('cancelled'))
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    driver.connect((error: unknown) => {
      signal?.removeEventListener('abort', onAbort)
      if (error) reject(error)
      else resolve()
    })
  })
}

/** What `rowsAsArray` and `typeCast` make of an answer; a statement that gives no rows has none. */
function asCells(rows: unknown): (string | null)[][] {
  return Array.isArray(rows) ? rows : []
}

function mysqlFailure(error: unknown, place: ServerPlace, isConnected: boolean) {
  const code = codeOf(error)
  const number = error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? error.errno : null
  const said = error instanceof Error ? error.message : ''
  const network = code === 'HANDSHAKE_NO_SSL_SUPPORT' ? 'no-tls' : (tlsReason(code) ?? networkReason(code, isConnected))
  // The driver's own errors, such as one of a connection that is closed, have no number of the server's.
  const reason = network ?? (number !== null && number > 0 ? mysqlReason(number) : isFatal(error) ? 'lost' : 'other')
  return failure(reason, place, { said, code: typeof code === 'string' ? code : (number ?? undefined), cause: error })
}

function isFatal(error: unknown): boolean {
  return error instanceof Error && 'fatal' in error && error.fatal === true
}
