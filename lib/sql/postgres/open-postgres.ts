import type { Duplex } from 'node:stream'
import { Client, type QueryArrayConfig } from 'pg'
import { failure } from '../failure'
import { codeOf, networkReason } from '../network-reason'
import { connectTimeoutMs, leaveStream, openStream } from '../open-stream'
import { tlsOptions, tlsReason } from '../tls'
import type { ServerPlace } from '../types'
import { postgresReason } from './reason'

/** One connection of the driver, with answers as cells of text. */
export interface PostgresDriver {
  isLost(): boolean
  query(text: string): Promise<{ names: string[]; rows: (string | null)[][] }>
  /** Ends it now; a question on it fails. */
  cut(): void
  close(): Promise<void>
}

/** Connects and logs in. Throws AppError as `SqlReader.ask` does, and what connecting to the host throws. */
export async function openPostgres(place: ServerPlace, signal?: AbortSignal): Promise<PostgresDriver> {
  const stream = await openStream(place, signal)
  const tls = place.way === 'direct' ? tlsOptions(place.tls, place.host) : null
  const client = new Client({
    stream: () => asSocket(stream),
    host: place.host,
    port: place.port,
    user: place.account.user,
    // A function, so that an empty one is not looked for in PGPASSWORD and .pgpass.
    password: () => place.account.password,
    database: place.account.database,
    ssl: tls ?? false,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'pollux',
    types: { getTypeParser: () => (text: string) => text },
  })
  let isLost = false
  const onLost = () => {
    isLost = true
  }
  client.on('error', onLost)
  client.on('end', onLost)
  stream.on('close', onLost)
  const cut = () => {
    isLost = true
    leaveStream(stream)
  }
  signal?.addEventListener('abort', cut, { once: true })
  // The answer to the request for TLS is one letter (the manual, "SSL Session Encryption"); the driver's error has no code.
  let isTlsRefused = false
  if (tls) stream.once('data', (answer: Buffer) => (isTlsRefused = answer.toString('latin1') === 'N'))
  try {
    await client.connect()
  } catch (error) {
    cut()
    if (signal?.aborted) throw failure('cancelled', place)
    throw isTlsRefused ? failure('no-tls', place, { cause: error }) : postgresFailure(error, place, false)
  } finally {
    signal?.removeEventListener('abort', cut)
  }
  return {
    isLost: () => isLost,
    async query(text) {
      // The extended protocol takes one statement only.
      const config: QueryArrayConfig & { queryMode: 'extended' } = { text, rowMode: 'array', queryMode: 'extended' }
      try {
        const { fields, rows } = await client.query<(string | null)[]>(config)
        return { names: fields.map(({ name }) => name), rows }
      } catch (error) {
        throw postgresFailure(error, place, true)
      }
    },
    cut,
    async close() {
      const timer = setTimeout(cut, 1000)
      await client.end().catch(() => undefined)
      clearTimeout(timer)
      cut()
    },
  }
}

/** What the driver wants of a socket, of a stream that is connected already. */
function asSocket(stream: Duplex): Duplex {
  return Object.assign(stream, {
    connect: () => process.nextTick(() => stream.emit('connect')),
    setNoDelay: () => undefined,
    setKeepAlive: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  })
}

function postgresFailure(error: unknown, place: ServerPlace, isConnected: boolean) {
  const code = codeOf(error)
  const said = error instanceof Error ? error.message : ''
  const isSqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE'
  // What has no code is the driver's own: the connection ended.
  const reason = isSqlState
    ? postgresReason(code)
    : (tlsReason(code) ?? networkReason(code, isConnected) ?? (isConnected ? 'lost' : 'no-answer'))
  return failure(reason, place, { said, code: typeof code === 'string' ? code : undefined, cause: error })
}
