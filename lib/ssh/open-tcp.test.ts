import { once } from 'node:events'
import { type Duplex, PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connections, Lease } from './connections'
import { openTcp } from './open-tcp'
import { createSshPool } from './pool'
import { failureOf } from './testing/failure-of'
import { serveBytes } from './testing/serve-bytes'
import { skipReason } from './testing/skip-reason'
import { freePort, startSshd, type TestSshd, whyNoSshd } from './testing/start-sshd'
import type { SshPool, SshTarget } from './types'

describe.skipIf(skipReason(whyNoSshd()))('a TCP connection that starts on the host', () => {
  let open: TestSshd
  let closed: TestSshd
  let pool: SshPool

  beforeAll(async () => {
    ;[open, closed] = await Promise.all([
      startSshd({ hostKeyTypes: ['ed25519'] }),
      startSshd({ hostKeyTypes: ['ed25519'], config: ['AllowTcpForwarding no'] }),
    ])
    pool = createSshPool()
  })
  afterAll(() => Promise.all([pool.close(), open?.stop(), closed?.stop()]))

  it('carries bytes both ways, counts as long as it is open, and runs over a jump host too', async () => {
    const server = await serveBytes((socket) => socket.on('data', (bytes) => socket.end(`heard ${bytes}`)))
    const place = { host: '127.0.0.1', port: server.port }
    const beyond = open.target({ hostId: 'beyond', jump: open.target() })
    for (const target of [open.target(), beyond]) {
      const stream = await pool.openTcp(target, place)
      expect(pool.stats().running).toBe(1)
      stream.write('one')
      expect(await text(stream)).toBe('heard one')
      const isClosed = once(stream, 'close')
      stream.destroy()
      await isClosed
      expect(pool.stats().running).toBe(0)
    }
    await server.stop()
  })

  it('tells a host that lets nothing through from a place that refuses, without a word against the host', async () => {
    const place = { host: '127.0.0.1', port: await freePort() }
    const prohibited = await failureOf(pool.openTcp(closed.target(), place))
    expect(prohibited).toMatchObject({ code: 'unreachable', data: { reason: 'prohibited' } })
    expect(prohibited.userMessage).toContain('AllowTcpForwarding')
    const failed = await failureOf(pool.openTcp(open.target(), place))
    expect(failed).toMatchObject({ code: 'unreachable', data: { reason: 'refused' } })
    expect(failed.userMessage).toBe(`alder cannot connect to 127.0.0.1 port ${place.port}: Connection refused.`)
    // `stage` would mark the host itself as out of reach.
    expect([prohibited.data['stage'], failed.data['stage']]).toEqual([undefined, undefined])
    expect(pool.stats().running).toBe(0)
  })

  it('gives up when it is told to', async () => {
    const stopped = await failureOf(
      pool.openTcp(open.target(), { host: '127.0.0.1', port: 1 }, { signal: AbortSignal.abort() }),
    )
    expect(stopped.data).toMatchObject({ reason: 'stopped' })
  })
})

it('tries once more on a new connection when the kept one is gone, and no more than that', async () => {
  const uses: string[] = []
  const lease = (client: unknown): Lease => ({
    client: client as Lease['client'],
    isAlive: () => false,
    others: () => 0,
    allowOnlyOthers: () => undefined,
    drop: () => void uses.push('drop'),
    release: () => void uses.push('release'),
  })
  const gone = {
    forwardOut() {
      throw new Error('Not connected')
    },
  }
  const stream = new PassThrough()
  const works = {
    forwardOut: (
      _from: string,
      _port: number,
      _to: string,
      _at: number,
      done: (error: undefined, to: Duplex) => void,
    ) => done(undefined, stream),
  }
  const clients: unknown[] = [gone, works, gone, gone]
  const connections = { lease: async () => lease(clients.shift()) } as unknown as Connections
  const target = { hostId: 'a', name: 'alder', address: '192.0.2.1', port: 22 } as SshTarget
  const open = () => openTcp(connections, target, { host: '127.0.0.1', port: 25 }, {})
  expect(await open()).toBe(stream)
  expect(uses).toEqual(['drop', 'release'])
  stream.destroy()
  await once(stream, 'close')
  expect(uses).toEqual(['drop', 'release', 'release'])
  expect((await failureOf(open())).data).toMatchObject({ stage: 'command', sent: false })
})
