import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { failureOf } from '@/lib/ssh/testing/failure-of'
import { serveBytes } from '@/lib/ssh/testing/serve-bytes'
import { freePort } from '@/lib/ssh/testing/start-sshd'
import { type SqlDialect, sql, withReader } from '.'
import { keptConnections } from './kept-connections'
import { mysqlReason } from './mysql/reason'
import { mysqlSession, mysqlTimeout, parseMysqlVersion } from './mysql/version'
import { postgresReason } from './postgres/reason'
import type { ServerPlace } from './types'

afterAll(() => keptConnections().close())

describe('versions of MySQL', () => {
  it.each([
    ['5.0.96-log', 'utf8', false, null],
    ['5.5.62-0+deb8u1', 'utf8mb4', false, null],
    ['5.6.51', 'utf8mb4', true, null],
    ['8.0.36-0ubuntu0.22.04.1', 'utf8mb4', true, 'SET SESSION max_execution_time = 1500'],
    ['5.5.68-MariaDB', 'utf8mb4', false, null],
    ['10.0.38-MariaDB', 'utf8mb4', true, null],
    ['10.11.6-MariaDB-0+deb12u1', 'utf8mb4', true, 'SET SESSION max_statement_time = 1.5'],
    ['what is this', 'utf8', false, null],
  ])('%s', (text, characterSet, canOnlyRead, timeout) => {
    const version = parseMysqlVersion(text)
    const session = mysqlSession(version)
    expect(session).toContain(`SET NAMES ${characterSet}`)
    expect(session.includes('SET SESSION TRANSACTION READ ONLY')).toBe(canOnlyRead)
    expect(mysqlTimeout(version, 1500)).toBe(timeout)
  })
})

it.each([
  [mysqlReason(1045), 'wrong-password'],
  [mysqlReason(1146), 'no-table'],
  [mysqlReason(0), 'other'],
  [postgresReason('28P01'), 'wrong-password'],
  [postgresReason('42P01'), 'no-table'],
  [postgresReason('42601'), 'other'],
  [postgresReason('08006'), 'lost'],
])('a code means %s', (reason, expected) => {
  expect(reason).toBe(expected)
})

it.each(['169.254.169.254', 'fe80::1', '::ffff:169.254.1.1', 'fd00:ec2::254', '100.100.100.200'])(
  'no database is asked at the link-local or metadata address %s',
  async (host) => {
    const account = { user: 'a', password: 'b', database: 'c' }
    const place: ServerPlace = { way: 'direct', tls: { mode: 'off' }, dialect: 'mysql', host, port: 3306, account }
    const error = await failureOf(withReader(place, (reader) => reader.ask(sql`SELECT 1 AS one`)))
    expect([error.code, error.data['reason']]).toEqual(['invalid', 'link-local'])
  },
)

describe.each(['mysql', 'postgresql'] as const)('a %s that is none', (dialect: Exclude<SqlDialect, 'sqlite'>) => {
  const at = (port: number): ServerPlace => ({
    way: 'direct',
    tls: { mode: 'off' },
    dialect,
    host: '127.0.0.1',
    port,
    account: { user: 'bacula', password: 's3cret', database: 'bacula' },
  })
  const ask = (port: number, signal?: AbortSignal) =>
    failureOf(withReader(at(port), (reader) => reader.ask(sql`SELECT 1 AS one`), { signal }))

  it('is said in a sentence: nobody there, hangs up, speaks something else, says nothing', async () => {
    expect((await ask(await freePort())).data['reason']).toBe('refused')
    const served = [
      await serveBytes((socket) => void socket.end()),
      await serveBytes((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
    ]
    for (const { port, stop } of served) {
      const error = await ask(port)
      expect(['unreachable', 'invalid']).toContain(error.code)
      expect(error.userMessage).toContain(`127.0.0.1 port ${port}`)
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('s3cret')
      await stop()
    }
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
    const cancel = new AbortController()
    silent.once('connection', (socket) => {
      socket.on('error', () => undefined)
      cancel.abort()
    })
    expect((await ask(address.port, cancel.signal)).code).toBe('conflict')
    silent.close()
  })
})

it('a server that lets in and then says nothing is left when the signal comes', async () => {
  const cancel = new AbortController()
  let closed = () => {}
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve
  })
  const served = await serveBytes((socket) => {
    socket.on('close', () => closed())
    // AuthenticationOk and ReadyForQuery (the manual of PostgreSQL, "Message Formats"), and no answer to the first question.
    socket.once('data', () => {
      socket.once('data', () => cancel.abort())
      socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]))
    })
  })
  const place: ServerPlace = {
    ...{ way: 'direct', tls: { mode: 'off' }, dialect: 'postgresql', host: '127.0.0.1', port: served.port },
    account: { user: 'bacula', password: '', database: 'bacula' },
  }
  const asked = withReader(place, (reader) => reader.ask(sql`SELECT 1 AS one`), { signal: cancel.signal })
  expect((await failureOf(asked)).code).toBe('conflict')
  await isClosed
  await served.stop()
})

it('a server that offers no encryption is sent no login where encryption is required', async () => {
  let sent = ''
  const served = await serveBytes((socket) => {
    socket.on('data', (bytes) => {
      sent += bytes.toString('latin1')
      // No to the request for TLS (the manual of PostgreSQL, "SSL Session Encryption").
      socket.write('N')
    })
  })
  const account = { user: 'bacula', password: 's3cret', database: 'bacula' }
  for (const tls of [{ mode: 'required' }, { mode: 'checked', ca: null }] as const) {
    sent = ''
    const place: ServerPlace = {
      ...{ way: 'direct', tls, dialect: 'postgresql', host: '127.0.0.1', port: served.port, account },
    }
    const error = await failureOf(withReader(place, (reader) => reader.ask(sql`SELECT 1 AS one`)))
    expect(error.data['reason']).toBe('no-tls')
    expect(error.userMessage).toContain('Turn TLS on there')
    // The request for TLS alone.
    expect(sent).toHaveLength(8)
  }
  await served.stop()
})
