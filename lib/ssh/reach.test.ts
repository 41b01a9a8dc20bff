import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSshPool } from './pool'
import { scanHostKeys } from './scan-host-keys'
import { testConnection } from './test-connection'
import { failureOf } from './testing/failure-of'
import { serveBytes } from './testing/serve-bytes'
import { freePort } from './testing/start-sshd'
import type { SshPool, SshTarget } from './types'

let pool: SshPool
beforeAll(() => {
  pool = createSshPool({ connectTimeoutMs: 1200 })
})
afterAll(() => pool.close())

function target(parts: Partial<SshTarget>): SshTarget {
  return {
    hostId: `${parts.address} ${parts.port}`,
    name: 'sienna',
    address: '127.0.0.1',
    port: 22,
    user: 'ops',
    auth: { kind: 'password', password: 'secret' },
    hostKeys: [{ algorithm: 'ssh-ed25519', key: 'AAAA', fingerprint: 'SHA256:x' }],
    profile: 'modern',
    privilege: 'none',
    revision: '1',
    ...parts,
  }
}

describe('a host that cannot be reached', () => {
  const servers: Record<string, (socket: import('node:net').Socket) => void> = {
    silent: () => undefined,
    closing: (socket) => socket.end(),
    binary: (socket) => socket.write(Buffer.from([0, 255, 1, 254, 3, 2, 1, 0])),
    http: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'ident only': (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
    'broken packet': (socket) => socket.write(`SSH-2.0-x\r\n${'\xff'.repeat(64)}`),
    endless: (socket) => {
      const more = () => {
        if (socket.writable) socket.write(`${'x'.repeat(4000)}\r\n`, () => setImmediate(more))
      }
      more()
    },
  }

  it.each([
    ['silent', /says nothing/],
    ['closing', /before it says anything/],
    ['binary', /not an SSH server/],
    ['http', /not an SSH server/],
    ['ident only', /did not finish/],
    ['broken packet', /broke off/],
    ['endless', /not an SSH server/],
  ])('says what a server does that is %s', async (kind, sentence) => {
    const server = await serveBytes(servers[kind] ?? (() => undefined))
    const failure = await failureOf(pool.run(target({ port: server.port }), ['true']))
    expect([failure.code, failure.data.stage]).toEqual(['unreachable', 'key-exchange'])
    expect(failure.userMessage).toMatch(sentence)
    const scan = await failureOf(
      scanHostKeys({ address: '127.0.0.1', port: server.port, profile: 'modern', timeoutMs: 1200 }),
    )
    expect([scan.code, scan.data.stage]).toEqual(['unreachable', 'key-exchange'])
    await server.stop()
  })

  it('does not wait for the end of time with binary rubbish', async () => {
    const server = await serveBytes(servers.binary ?? (() => undefined))
    const patient = createSshPool()
    const started = performance.now()
    await failureOf(patient.run(target({ port: server.port }), ['true']))
    expect(performance.now() - started).toBeLessThan(5000)
    await server.stop()
  })

  it('tells a refused port', async () => {
    const failure = await failureOf(pool.run(target({ port: await freePort() }), ['true']))
    expect(failure).toMatchObject({ code: 'unreachable', data: { stage: 'port', systemCode: 'ECONNREFUSED' } })
  })

  it('tells an unknown name and an address without a way', async () => {
    const unknown = await failureOf(pool.run(target({ address: 'no-such-host.invalid' }), ['true']))
    expect([unknown.code, unknown.data.stage]).toEqual(['unreachable', 'name'])
    // The kernel opens no TCP connection to the broadcast address, so nothing leaves this machine.
    const nowhere = await failureOf(pool.run(target({ address: '255.255.255.255' }), ['true']))
    expect([nowhere.code, nowhere.data.stage]).toEqual(['unreachable', 'route'])
  })

  it('stops asking for nobody: a failed connection is not kept', async () => {
    const server = await serveBytes((socket) => socket.end())
    await failureOf(pool.run(target({ port: server.port }), ['true']))
    await failureOf(pool.run(target({ port: server.port }), ['true']))
    expect([server.connections(), pool.stats().connections]).toEqual([2, 0])
    await server.stop()
  })

  it('refuses jump hosts in a circle', async () => {
    const a = target({ hostId: 'a', name: 'a' })
    const circle = { ...a, jump: target({ hostId: 'b', name: 'b', jump: a }) }
    const failure = await failureOf(pool.run(circle, ['true']))
    expect([failure.code, failure.userMessage]).toEqual(['invalid', expect.stringContaining('circle')])
  })
})

describe('testConnection of a host that cannot be reached', () => {
  it('says how far it goes', async () => {
    const report = await testConnection(target({ port: await freePort() }))
    expect(report.ok).toBe(false)
    expect(report.stages.map(({ stage, state }) => `${stage} ${state}`)).toEqual([
      'name ok',
      'route ok',
      'port failed',
      'key-exchange not-reached',
      'host-key not-reached',
      'login not-reached',
      'privilege not-reached',
      'shell not-reached',
    ])
    expect(report.stages[2]?.message).toContain('refuses connections')
  })
})
