import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAppError } from '@/lib/errors'
import { generateKeyPair } from './generate-key-pair'
import { installCommand } from './install-command'
import { parsePrivateKey } from './parse-private-key'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-keys-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

function keygen(name: string, ...flags: string[]): string {
  execFileSync('ssh-keygen', ['-q', '-C', 'made by hand', '-f', join(dir, name), ...flags])
  return readFileSync(join(dir, name), 'utf8')
}

describe('generateKeyPair', () => {
  it.each(['ed25519', 'rsa-3072'] as const)('makes an %s key that ssh-keygen and ssh2 read', async (kind) => {
    const pair = await generateKeyPair(kind, 'pollux on alder')
    const file = join(dir, `made-${kind}`)
    writeFileSync(file, pair.privateKey, { mode: 0o600 })
    const line = execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' }).trim()
    expect(line.split(' ').slice(0, 2)).toEqual(pair.publicLine.split(' ').slice(0, 2))
    expect(pair.publicLine.endsWith(' pollux on alder')).toBe(true)
    expect(execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' })).toContain(pair.fingerprint)
    expect(parsePrivateKey(pair.privateKey)).toMatchObject({ algorithm: pair.algorithm, fingerprint: pair.fingerprint })
  })

  it('makes keys that sign, every one', async () => {
    for (let i = 0; i < 300; i++) {
      const pair = await generateKeyPair('ed25519', '')
      const key = ssh2.utils.parseKey(pair.privateKey)
      const open = ssh2.utils.parseKey(pair.publicLine)
      if (key instanceof Error || open instanceof Error) return expect.unreachable()
      expect(open.verify('text', key.sign('text'))).toBe(true)
    }
  })

  it('refuses a comment that would be a second line', async () => {
    await expect(generateKeyPair('ed25519', 'a\nssh-rsa evil')).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('parsePrivateKey', () => {
  it.each([
    ['ed25519', ['-t', 'ed25519', '-N', '']],
    ['ecdsa', ['-t', 'ecdsa', '-N', '']],
    ['rsa in PEM', ['-t', 'rsa', '-m', 'PEM', '-N', '']],
    ['rsa', ['-t', 'rsa', '-N', '']],
  ])('reads %s', (name, flags) => {
    const parsed = parsePrivateKey(`\n${keygen(name, ...flags)}\n`)
    const publicLine = readFileSync(join(dir, `${name}.pub`), 'utf8')
    expect(parsed.publicLine.split(' ')[1]).toBe(publicLine.split(' ')[1])
  })

  it.each([
    ['OpenSSH format', 'enc', ['-t', 'ed25519', '-N', 'open sesame']],
    ['PEM', 'enc-pem', ['-t', 'rsa', '-m', 'PEM', '-N', 'open sesame']],
  ])('tells a missing passphrase from a wrong one: %s', (_format, name, flags) => {
    const text = keygen(name, ...flags)
    expect(sentenceOf(text)).toContain('protected by a passphrase')
    expect(sentenceOf(text, 'wrong')).toContain('does not open')
    expect(parsePrivateKey(text, 'open sesame').algorithm).toMatch(/^ssh-/)
  })

  it('finds a key whose halves do not belong together', async () => {
    const [one, other] = [await generateKeyPair('ed25519', ''), await generateKeyPair('ed25519', '')]
    const bytes = (text: string) => Buffer.from(text.split('\n').slice(1, -2).join(''), 'base64')
    const seed = (file: Buffer) => file.subarray(161, 193)
    const mixed = bytes(one.privateKey)
    seed(bytes(other.privateKey)).copy(seed(mixed))
    const text = mixed.toString('base64').replace(/.{70}/g, '$&\n')
    expect(sentenceOf(`-----BEGIN OPENSSH PRIVATE KEY-----\n${text}\n-----END OPENSSH PRIVATE KEY-----\n`)).toContain(
      'damaged',
    )
  })

  it('says what was pasted instead', () => {
    const text = keygen('whole', '-t', 'ed25519', '-N', '')
    expect(sentenceOf('')).toContain('Paste the private key')
    expect(sentenceOf('hello')).toContain('not a private key')
    expect(sentenceOf(readFileSync(join(dir, 'whole.pub'), 'utf8'))).toContain('public half')
    expect(sentenceOf('PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n')).toContain('puttygen')
    expect(sentenceOf('-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----')).toContain('PKCS#8')
    expect(sentenceOf(text.slice(0, 200))).toContain('damaged')
  })
})

describe('installCommand', () => {
  it.each(['dash', 'bash', 'busybox'])('adds the key once, with strict modes, pasted into %s', async (shell) => {
    const home = mkdtempSync(join(dir, 'home-'))
    const pair = await generateKeyPair('ed25519', "o'hara $(touch pwned)")
    const paste = () => {
      const flags = shell === 'busybox' ? ['sh'] : []
      const done = spawnSync(shell, flags, {
        input: `${installCommand(pair.publicLine)}\n`,
        env: { ...process.env, HOME: home },
        cwd: home,
      })
      expect([done.status, done.stderr.toString()]).toEqual([0, ''])
    }
    paste()
    const file = join(home, '.ssh/authorized_keys')
    expect(readFileSync(file, 'utf8')).toBe(`${pair.publicLine}\n`)
    expect([statSync(file).mode & 0o777, statSync(join(home, '.ssh')).mode & 0o777]).toEqual([0o600, 0o700])
    // A last line without an end stays a line of its own.
    writeFileSync(file, 'ssh-ed25519 AAAA other')
    paste()
    paste()
    expect(readFileSync(file, 'utf8')).toBe(`ssh-ed25519 AAAA other\n${pair.publicLine}\n`)
  })

  it('refuses what is no public line', () => {
    for (const line of ['', 'ssh-ed25519 AAAA a\nb', 'rm -rf /', 'ssh-ed25519 $(id)']) {
      expect(() => installCommand(line)).toThrow('public key line')
    }
  })
})

function sentenceOf(text: string, passphrase?: string): string {
  try {
    parsePrivateKey(text, passphrase)
  } catch (error) {
    if (isAppError(error)) return error.userMessage ?? ''
    throw error
  }
  return 'it was read'
}
