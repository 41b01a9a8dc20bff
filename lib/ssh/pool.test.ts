import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSshPool } from './pool'
import { scanHostKeys } from './scan-host-keys'
import { testConnection } from './test-connection'
import { failureOf } from './testing/failure-of'
import { skipReason } from './testing/skip-reason'
import { startSshd, type TestSshd, whyNoSshd } from './testing/start-sshd'
import type { SshPool } from './types'

describe.skipIf(skipReason(whyNoSshd()))('the pool', () => {
  let sshd: TestSshd
  let far: TestSshd
  let pool: SshPool

  beforeAll(async () => {
    ;[sshd, far] = await Promise.all([
      startSshd({ config: ['MaxSessions 2'], hostKeyTypes: ['ed25519'] }),
      startSshd({ hostKeyTypes: ['ed25519'] }),
    ])
    pool = createSshPool()
  })
  afterEach(() => pool.close())
  afterAll(() => Promise.all([sshd?.stop(), far?.stop()]))

  const logins = (of: TestSshd) => of.log().split('Accepted publickey').length - 1

  it('shares one handshake among the first users of a host, and keeps within its MaxSessions', async () => {
    const before = logins(sshd)
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) => pool.run(sshd.target(), ['printf', String(i)])),
    )
    expect(results.map((result) => result.stdout.toString())).toEqual(Array.from({ length: 12 }, (_, i) => String(i)))
    expect([logins(sshd) - before, pool.stats().connections]).toEqual([1, 1])
  })

  it('gives a new revision a new connection, and lets the old commands end', async () => {
    const before = logins(far)
    let begun = () => {}
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const abort = new AbortController()
    const old = pool.script(far.target(), 'printf a; exec sleep 100', { onStdout: () => begun(), signal: abort.signal })
    await hasBegun
    expect(await pool.run(far.target({ revision: '2' }), ['true'])).toMatchObject({ exitCode: 0 })
    expect(logins(far) - before).toBe(2)
    abort.abort()
    expect(await old).toMatchObject({ canceled: true })
  })

  it('closes a connection without use', async () => {
    const brief = createSshPool({ idleMs: 50 })
    const before = far.log().split('Disconnected from user').length
    await brief.run(far.target(), ['true'])
    await untilLogged(far, 'Disconnected from user', before)
    await brief.close()
  })

  it('goes through a jump host, with a pin of its own, and counts it as used', async () => {
    const jump = sshd.target({ hostId: 'jump', name: 'umber' })
    const target = far.target({ jump })
    const result = await pool.run(target, ['sh', '-c', 'printf %s "$SSH_CONNECTION"'])
    expect(result.stdout.toString()).toMatch(/^127\.0\.0\.1 /)
    expect(pool.stats().connections).toBe(2)
    expect(await scanHostKeys({ address: '127.0.0.1', port: far.port, profile: 'modern', jump })).toEqual(far.hostKeys)
    await pool.freshLogin(target)
    const wrongJump = { ...target, revision: '9', jump: { ...jump, revision: '9', hostKeys: far.hostKeys } }
    expect((await failureOf(pool.run(wrongJump, ['true']))).data).toMatchObject({ host: 'umber', stage: 'host-key' })
    const report = await testConnection(wrongJump)
    expect(report.stages.find((stage) => stage.state === 'failed')).toMatchObject({
      stage: 'route',
      message: expect.stringContaining('jump host'),
    })
  })

  it('says what is wrong behind a jump host', async () => {
    const jump = sshd.target({ hostId: 'jump', name: 'umber' })
    const failure = await failureOf(pool.run(far.target({ jump, port: 1, revision: 'p' }), ['true']))
    expect(failure).toMatchObject({ code: 'unreachable', data: { stage: 'route', reason: 'failed' } })
    const closed = await startSshd({ config: ['AllowTcpForwarding no'], hostKeyTypes: ['ed25519'] })
    onTestFinished(() => closed.stop())
    const refusal = await failureOf(pool.run(far.target({ jump: closed.target(), revision: 'q' }), ['true']))
    expect(refusal.userMessage).toContain('AllowTcpForwarding')
  })

  it('notices a link that went dead, says that the command was sent, and connects anew', async () => {
    const link = await cutLink(far.port)
    const watchful = createSshPool({ keepaliveMs: 100 })
    onTestFinished(async () => {
      await watchful.close()
      await link.stop()
    })
    const target = far.target({ port: link.port })
    const sleeping = failureOf(watchful.script(target, 'printf a; exec sleep 100', { onStdout: () => link.freeze() }))
    expect(await sleeping).toMatchObject({ code: 'unreachable', data: { stage: 'command', sent: true } })
    expect(watchful.stats().connections).toBe(0)
    link.thaw()
    expect(await watchful.run(target, ['true'])).toMatchObject({ exitCode: 0 })
    // Cut between two commands: the next one is sent once, on a new connection.
    link.cut()
    expect(await watchful.run(target, ['true'])).toMatchObject({ exitCode: 0 })
  })

  it('refuses more connections than it may have when all are in use', async () => {
    const small = createSshPool({ maxConnections: 1 })
    await small.run(far.target(), ['true'])
    // The one at rest makes room.
    await small.run(far.target({ hostId: 'second' }), ['true'])
    const abort = new AbortController()
    const busy = small.script(far.target({ hostId: 'second' }), 'exec sleep 100', { signal: abort.signal })
    const failure = await failureOf(small.run(far.target({ hostId: 'third' }), ['true']))
    expect(failure.userMessage).toContain('in use')
    abort.abort()
    await busy
    await small.close()
  })

  it('tests every step of a host that works', async () => {
    const report = await testConnection(far.target())
    expect(report.stages.map(({ stage, state, message }) => [stage, state, message !== ''])).toEqual(
      ['name', 'route', 'port', 'key-exchange', 'host-key', 'login', 'privilege', 'shell'].map((stage) => [
        stage,
        'ok',
        true,
      ]),
    )
    const shut = await testConnection(far.target({ user: 'nobody', privilege: 'none' }))
    expect(shut.stages.find((stage) => stage.state === 'failed')).toMatchObject({
      stage: 'shell',
      message: expect.stringContaining('not available'),
    })
    const locked = await testConnection(far.target({ auth: { kind: 'key', privateKey: sshd.login.privateKey } }))
    expect(locked.stages.find((stage) => stage.state === 'failed')).toMatchObject({
      stage: 'login',
      message: expect.stringContaining('authorized_keys'),
    })
  })
})

async function untilLogged(sshd: TestSshd, words: string, before: number): Promise<void> {
  while (sshd.log().split(words).length <= before) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** A TCP relay whose link can be frozen (nothing passes, nothing closes) or cut. */
async function cutLink(port: number) {
  const pairs = new Set<readonly [Socket, Socket]>()
  let isFrozen = false
  const server = createServer((near) => {
    const toHost = connect(port, '127.0.0.1')
    const pair = [near, toHost] as const
    pairs.add(pair)
    const pass = (from: Socket, to: Socket) =>
      from
        .on('data', (chunk) => !isFrozen && to.write(chunk))
        .on('error', () => undefined)
        .on('close', () => !isFrozen && to.destroy())
    pass(near, toHost)
    pass(toHost, near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    pairs.clear()
  }
  return {
    port: address.port,
    cut,
    freeze: () => {
      isFrozen = true
    },
    thaw: () => {
      isFrozen = false
      cut()
    },
    async stop() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
