import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint'
import { matchesKnownHost, parseKnownHosts } from './known-hosts'

let dir = ''
let publicLine = ''

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-known-'))
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(dir, 'key')])
  publicLine = readFileSync(join(dir, 'key.pub'), 'utf8').trim()
})

afterAll(() => rmSync(dir, { recursive: true }))

describe('parseKnownHosts', () => {
  it('reads names, addresses and ports, with the fingerprint that ssh-keygen prints', () => {
    const [known, ...rest] = parseKnownHosts(`# comment\n\nalder,192.0.2.7,[umber.example]:2222 ${publicLine} note\r\n`)
    expect(rest).toEqual([])
    expect(known?.hosts).toEqual([
      { host: 'alder', port: 22 },
      { host: '192.0.2.7', port: 22 },
      { host: 'umber.example', port: 2222 },
    ])
    const printed = execFileSync('ssh-keygen', ['-lf', join(dir, 'key.pub')], { encoding: 'utf8' })
    expect(printed).toContain(known?.fingerprint)
    expect(fingerprintOf(known?.key ?? '')).toBe(known?.fingerprint)
    expect(known?.algorithm).toBe('ssh-ed25519')
  })

  it('matches what ssh-keygen hashed by its name only', () => {
    const file = join(dir, 'known_hosts')
    writeFileSync(file, `alder ${publicLine}\n[alder]:2222 ${publicLine}\n`)
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
    const [plain, withPort] = parseKnownHosts(readFileSync(file, 'utf8'))
    if (plain === undefined || withPort === undefined) return expect.unreachable()
    expect(plain.hosts).toEqual([])
    expect(plain.hashed).toMatch(/^\|1\|/)
    expect([matchesKnownHost(plain, 'alder', 22), matchesKnownHost(plain, 'umber', 22)]).toEqual([true, false])
    expect([matchesKnownHost(withPort, 'alder', 2222), matchesKnownHost(withPort, 'alder', 22)]).toEqual([true, false])
  })

  it('leaves out every line of a revoked key', () => {
    expect(parseKnownHosts(`alder ${publicLine}\n`)).toHaveLength(1)
    expect(parseKnownHosts(`alder ${publicLine}\n@revoked * ${publicLine}\n`)).toEqual([])
  })

  it('leaves out what confirms no host', () => {
    const lines = [
      `@revoked alder ${publicLine}`,
      `@cert-authority *.example ${publicLine}`,
      `*.example ${publicLine}`,
      `alder,!umber ${publicLine}`,
      'alder ssh-ed25519 AAAArubbish',
      `alder ssh-rsa ${publicLine.split(' ')[1]}`,
      'alder',
      '<html>',
    ]
    expect(parseKnownHosts(lines.join('\n'))).toEqual([])
  })
})
