import { generateKeyPairSync } from 'node:crypto'
import type { AuthContext } from 'ssh2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePrivateKey } from './parse-private-key'
import { createSshPool } from './pool'
import { scanHostKeys } from './scan-host-keys'
import { testConnection } from './test-connection'
import { failureOf } from './testing/failure-of'
import { startServer, type TestServer } from './testing/ssh-server'
import type { SshPool, SshTarget } from './types'

// What an OpenSSH 4.x of 2007 offers, in the parts that OpenSSL 3 still has.
const sets = [
  ['group1, ssh-rsa, 3des, sha1', 'rsa', ['diffie-hellman-group1-sha1'], ['ssh-rsa'], ['3des-cbc'], ['hmac-sha1']],
  [
    'group14, ssh-rsa, aes-cbc, sha1',
    'rsa',
    ['diffie-hellman-group14-sha1'],
    ['ssh-rsa'],
    ['aes128-cbc'],
    ['hmac-sha1'],
  ],
  ['group14, ssh-dss, aes-ctr, md5', 'dsa', ['diffie-hellman-group14-sha1'], ['ssh-dss'], ['aes256-ctr'], ['hmac-md5']],
] as const

describe.each(sets)('a server of old: %s', (_name, hostKeyType, kex, serverHostKey, cipher, hmac) => {
  let server: TestServer
  let pool: SshPool
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const target = (profile: SshTarget['profile']): SshTarget => ({
    hostId: 'padre',
    name: 'padre',
    address: '127.0.0.1',
    port: server.port,
    user: 'root',
    auth: { kind: 'key', privateKey },
    hostKeys: server.hostKeys,
    profile,
    privilege: 'root',
    revision: profile,
  })

  beforeAll(async () => {
    pool = createSshPool()
    server = await startServer({
      hostKeyType,
      algorithms: {
        kex: [...kex],
        serverHostKey: [...serverHostKey],
        cipher: [...cipher],
        hmac: [...hmac],
      },
      authenticate: acceptSha1Key,
      onExec: (line, channel) => {
        channel.write(`${/pollux-[0-9a-f]{32}/.exec(line)?.[0]} 99\nhello`)
        channel.exit(0)
        channel.end()
      },
    })
  })
  afterAll(async () => {
    await pool?.close()
    await server?.stop()
  })

  it('is reached with the legacy profile, and a key that signs with SHA-1', async () => {
    expect(parsePrivateKey(privateKey).algorithm).toBe('ssh-rsa')
    const result = await pool.run(target('legacy'), ['true'])
    expect(result.stdout.toString()).toBe('hello')
    expect(server.logins.at(-1)).toMatchObject({ method: 'publickey', algorithm: 'ssh-rsa' })
  })

  it('is not reached with the modern one, which suggests the other and takes it not', async () => {
    const modern = target('modern')
    // A pinned ssh-dss key is refused before anything is sent; a pinned RSA key gets as far as the key exchange.
    const failure = await failureOf(pool.run(modern, ['true']))
    expect(failure.code).toBe(hostKeyType === 'dsa' ? 'invalid' : 'unreachable')
    const scan = await failureOf(scanHostKeys({ address: '127.0.0.1', port: server.port, profile: 'modern' }))
    expect(scan.data).toMatchObject({ stage: 'key-exchange', suggestedProfile: 'legacy' })
    const report = await testConnection({ ...modern, hostKeys: [] })
    expect(report).toMatchObject({ ok: false, suggestedProfile: 'legacy' })
    expect(report.missingAlgorithms).toContainEqual({ kind: 'key exchange', offered: [...kex] })
    expect(report.stages.find((stage) => stage.state === 'failed')?.stage).toBe('key-exchange')
  })

  it('shows its key to a look-up with the legacy profile', async () => {
    const found = await scanHostKeys({ address: '127.0.0.1', port: server.port, profile: 'legacy' })
    expect(found).toEqual(server.hostKeys)
  })
})

function acceptSha1Key(context: AuthContext): void {
  if (context.method === 'publickey' && context.key.algo === 'ssh-rsa') context.accept()
  else context.reject(['publickey'])
}
