import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createSshPool } from './pool'
import { scanHostKeys } from './scan-host-keys'
import { failureOf } from './testing/failure-of'
import { skipReason } from './testing/skip-reason'
import { type ServerOptions, startServer, type TestServer } from './testing/ssh-server'
import { startSshd, type TestSshd, whyNoSshd } from './testing/start-sshd'
import type { PinnedKey, SshPool, SshTarget } from './types'

let pool: SshPool
beforeAll(() => {
  pool = createSshPool()
})
afterEach(() => pool.close())

describe.skipIf(skipReason(whyNoSshd()))('pinned host keys', () => {
  let sshd: TestSshd
  let other: TestSshd
  beforeAll(async () => {
    ;[sshd, other] = await Promise.all([startSshd(), startSshd({ hostKeyTypes: ['ed25519', 'rsa'] })])
  })
  afterAll(() => Promise.all([sshd?.stop(), other?.stop()]))

  it('finds every key of a host without a login, and proves none is sent', async () => {
    const found = await scanHostKeys({ address: '127.0.0.1', port: sshd.port, profile: 'modern' })
    expect(found).toEqual(sshd.hostKeys)
    expect(sshd.log()).not.toMatch(/Accepted|Failed|userauth/i)
  })

  it('gets the pinned key of a host that has several', async () => {
    for (const key of sshd.hostKeys) {
      const target = sshd.target({ hostKeys: [key], revision: key.algorithm })
      expect(await pool.run(target, ['true'])).toMatchObject({ exitCode: 0 })
    }
  })

  it('refuses another key, with both fingerprints, before the login', async () => {
    const before = sshd.log().length
    const failure = await failureOf(pool.run(sshd.target({ hostKeys: other.hostKeys }), ['true']))
    expect(failure.code).toBe('host-key-changed')
    expect(failure.data).toMatchObject({
      stage: 'host-key',
      oldFingerprints: other.hostKeys.map((key) => key.fingerprint),
      newFingerprints: [sshd.hostKeys[0]?.fingerprint],
    })
    expect(sshd.log().slice(before)).not.toMatch(/Accepted|publickey/)
  })

  it('calls a host that lost the pinned type of key changed, too', async () => {
    const ecdsa = sshd.hostKeys.filter((key) => key.algorithm.startsWith('ecdsa'))
    const failure = await failureOf(pool.run(other.target({ hostKeys: ecdsa }), ['true']))
    expect([failure.code, failure.data.stage]).toEqual(['host-key-changed', 'host-key'])
  })

  it('connects to no host without a confirmed key', async () => {
    const before = sshd.log()
    const failure = await failureOf(pool.run(sshd.target({ hostKeys: [] }), ['true']))
    expect([failure.code, failure.data.stage]).toEqual(['invalid', 'host-key'])
    expect(sshd.log()).toBe(before)
  })

  it('does the same for a login outside the pool', async () => {
    await pool.freshLogin(sshd.target())
    expect(pool.stats().connections).toBe(0)
    const failure = await failureOf(pool.freshLogin(sshd.target({ hostKeys: other.hostKeys })))
    expect(failure.code).toBe('host-key-changed')
  })
})

describe('passwords', () => {
  let server: TestServer | undefined
  afterEach(() => server?.stop())

  const secret = 'correct horse'
  async function serve(authenticate: ServerOptions['authenticate']): Promise<TestServer> {
    server = await startServer({
      hostKeyType: 'ed25519',
      authenticate,
      onExec: (line, channel) => {
        channel.write(`${/pollux-[0-9a-f]{32}/.exec(line)?.[0]} 99\n`)
        channel.exit(0)
        channel.end()
      },
    })
    return server
  }
  function target(port: number, hostKeys: readonly PinnedKey[], password = secret): SshTarget {
    return {
      hostId: 'umber',
      name: 'umber',
      address: '127.0.0.1',
      port,
      user: 'ops',
      auth: { kind: 'password', password },
      hostKeys,
      profile: 'modern',
      privilege: 'none',
      revision: password,
    }
  }

  it('goes out only after the pinned key', async () => {
    const { port, hostKeys, logins } = await serve((context) => context.accept())
    const wrong: PinnedKey = { algorithm: 'ssh-ed25519', key: 'AAAA', fingerprint: 'SHA256:other' }
    expect((await failureOf(pool.run(target(port, [wrong]), ['true']))).code).toBe('host-key-changed')
    expect(logins).toEqual([])
    expect(await pool.run(target(port, hostKeys), ['true'])).toMatchObject({ exitCode: 0 })
  })

  it('is given once, and a refused one never again', async () => {
    const { port, hostKeys, logins } = await serve((context) => {
      if (context.method === 'password' && context.password === secret) context.accept()
      else context.reject(['password', 'keyboard-interactive'])
    })
    const failure = await failureOf(pool.run(target(port, hostKeys, 'wrong'), ['true']))
    expect([failure.code, failure.data.stage]).toEqual(['forbidden', 'login'])
    expect(JSON.stringify([failure.message, failure.userMessage, failure.data])).not.toContain('wrong"')
    expect(logins.map((login) => login.method)).toEqual(['none', 'password'])
    expect(await pool.run(target(port, hostKeys), ['true'])).toMatchObject({ exitCode: 0 })
  })

  it('answers a question for it where the server takes only questions', async () => {
    const { port, hostKeys } = await serve((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt([{ prompt: 'Password: ', echo: false }], ([answer]) =>
        answer === secret ? context.accept() : context.reject(['keyboard-interactive']),
      )
    })
    expect(await pool.run(target(port, hostKeys), ['true'])).toMatchObject({ exitCode: 0 })
    expect((await failureOf(pool.run(target(port, hostKeys, 'no'), ['true']))).code).toBe('forbidden')
  })

  it('is kept back from a question that would show it, and from a server that takes none', async () => {
    const seen: unknown[] = []
    const asks = await serve((context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt([{ prompt: 'Token: ', echo: true }], (answers) => seen.push(...answers))
    })
    const failure = await failureOf(pool.run(target(asks.port, asks.hostKeys), ['true']))
    expect([failure.code, seen]).toEqual(['forbidden', []])
    expect(failure.userMessage).toContain('second factor')
    await asks.stop()
    const none = await serve((context) => context.reject(['publickey']))
    expect((await failureOf(pool.run(target(none.port, none.hostKeys), ['true']))).userMessage).toContain(
      'no passwords',
    )
    expect(none.logins.map((login) => login.method)).toEqual(['none'])
  })
})
