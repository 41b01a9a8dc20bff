import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runShutdown } from '@/lib/config/shutdown'
import { forgetSingles } from '@/lib/config/single'
import { isAppError } from '@/lib/errors'
import { portOf } from '@/scripts/start/test-start'
import { makePair } from './testing'
import { loadTls, tlsOptions, tlsState, watchTls } from './tls'
import { readTlsPair } from './tls-pair'

let pair: ReturnType<typeof makePair>
beforeEach(() => {
  forgetSingles()
  pair = makePair()
})
afterEach(async () => {
  await runShutdown(1_000)
  rmSync(pair.dir, { recursive: true, force: true })
})

function refusal(certFile = pair.certFile, keyFile = pair.keyFile, now?: Date): string {
  try {
    readTlsPair(certFile, keyFile, now)
  } catch (error) {
    return (isAppError(error) && error.userMessage) || `not a sentence: ${error}`
  }
  return 'taken'
}

function file(name: string, text: string): string {
  const path = join(pair.dir, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

describe('a certificate and its key', () => {
  it('are taken where they fit, with what the certificate says of itself', () => {
    expect(readTlsPair(pair.certFile, pair.keyFile)).toMatchObject({
      names: ['localhost', '127.0.0.1'],
      issuer: 'CN=pair',
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    })
  })

  it('that do not belong together are refused', () => {
    const other = makePair('other', { dir: pair.dir })
    expect(refusal(pair.certFile, other.keyFile)).toMatch(/does not belong to the certificate/)
  })

  it('that expired, or are not valid yet, are refused', () => {
    const day = 86_400_000
    expect(refusal(undefined, undefined, new Date(Date.now() + 40 * day))).toMatch(/expired on .*the clock says/)
    expect(refusal(undefined, undefined, new Date(Date.now() - 40 * day))).toMatch(/is not valid before/)
    const old = makePair('old', { dir: pair.dir, days: 1, at: new Date(Date.now() - 3 * day) })
    expect(refusal(old.certFile, old.keyFile)).toMatch(/expired on/)
  })

  it('that can not be read are refused', () => {
    expect(refusal('/nowhere/c.pem')).toBe("The certificate /nowhere/c.pem can't be read (there is no such file).")
    expect(refusal(undefined, '/nowhere/k.pem')).toMatch(/private key .* can't be read/)
    expect(refusal(pair.dir)).toMatch(/it is a folder/)
  })

  it('of another format are refused', () => {
    expect(refusal(file('c', 'MIIB'))).toMatch(/holds no certificate: expected/)
    expect(refusal(file('c', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'))).toMatch(
      /can't be understood/,
    )
    expect(refusal(undefined, file('k', 'MIIB'))).toMatch(/holds no private key: expected/)
    expect(refusal(undefined, file('k', '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n'))).toMatch(
      /private key in .* can't be understood/,
    )
    expect(refusal(pair.keyFile, pair.certFile)).toMatch(/swapped\?/)
  })

  it('whose key has a passphrase, or is open to everybody, are refused', () => {
    const locked = join(pair.dir, 'locked.key')
    execFileSync('openssl', ['pkey', '-in', pair.keyFile, '-aes256', '-passout', 'pass:x', '-out', locked])
    chmodSync(locked, 0o600)
    expect(refusal(undefined, locked)).toMatch(/protected by a passphrase/)
    chmodSync(pair.keyFile, 0o644)
    expect(refusal()).toMatch(/Everybody on this machine can read the private key .* chmod o-rwx/)
  })
})

const anyCipher = { ciphers: 'DEFAULT@SECLEVEL=0' }

describe('a server with TLS', () => {
  let server: Server
  beforeEach(async () => {
    const state = loadTls({ ...process.env, POLLUX_TLS_CERT: pair.certFile, POLLUX_TLS_KEY: pair.keyFile })
    if (!state) throw new Error('expected a pair')
    // With every cipher of old, so that nothing but the version keeps an old browser out.
    server = createServer({ ...tlsOptions, ...anyCipher, cert: state.pair.cert, key: state.pair.key })
    watchTls(state, ({ cert, key }) => server.setSecureContext({ ...tlsOptions, cert, key }), 20)
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  afterEach(() => void server.close())

  async function served(options: { minVersion?: 'TLSv1'; maxVersion?: 'TLSv1.1' } = {}): Promise<string> {
    const socket = connect({
      ...{ port: Number(portOf(server)), host: '127.0.0.1', rejectUnauthorized: false, ...options },
      // A browser of those days; today's OpenSSL speaks those versions only when it is asked to.
      ...(options.maxVersion ? anyCipher : {}),
    })
    try {
      await once(socket, 'secureConnect')
      return socket.getPeerCertificate().fingerprint256
    } finally {
      socket.destroy()
    }
  }

  function put(other: ReturnType<typeof makePair>): void {
    copyFileSync(other.certFile, pair.certFile)
    copyFileSync(other.keyFile, pair.keyFile)
  }

  it('speaks TLS 1.2 and newer, and nothing older', async () => {
    await expect(served({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow(/protocol version|alert/i)
    expect(await served()).toMatch(/^[0-9A-F]{2}:/)
  })

  it('takes a renewed pair when the files change', async () => {
    const before = await served()
    const renewed = makePair('renewed', { dir: pair.dir })
    put(renewed)
    await expect.poll(() => served()).toBe(readTlsPair(renewed.certFile, renewed.keyFile).fingerprint)
    expect(await served()).not.toBe(before)
    expect(tlsState()?.problem).toBeNull()
  })

  it('takes a renewed pair on SIGHUP', async () => {
    const renewed = makePair('renewed', { dir: pair.dir })
    for (const path of [pair.certFile, pair.keyFile]) rmSync(path)
    put(renewed)
    process.kill(process.pid, 'SIGHUP')
    await expect.poll(() => served()).toBe(readTlsPair(renewed.certFile, renewed.keyFile).fingerprint)
  })

  it('keeps the old pair where the new one is no good, says so, and takes the next good one', async () => {
    const before = await served()
    const other = makePair('other', { dir: pair.dir })
    copyFileSync(other.certFile, pair.certFile)
    await expect.poll(() => tlsState()?.problem?.sentence).toMatch(/does not belong to the certificate/)
    expect(await served()).toBe(before)
    copyFileSync(other.keyFile, pair.keyFile)
    await expect.poll(() => tlsState()?.problem).toBeNull()
    expect(await served()).not.toBe(before)
  })
})
