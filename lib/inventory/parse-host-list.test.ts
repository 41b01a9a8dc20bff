import { describe, expect, it } from 'vitest'
import { parseHostList } from './parse-host-list'

const ed25519 = 'AAAAC3NzaC1lZDI1NTE5AAAAIGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm'

function only(line: string) {
  const { hosts, problems } = parseHostList(line)
  expect(problems).toEqual([])
  expect(hosts).toHaveLength(1)
  return hosts[0]
}

function problemOf(line: string) {
  return parseHostList(line).problems[0]?.problem
}

describe('parseHostList', () => {
  it('reads address, name and tags with commas', () => {
    const expected = {
      line: 1,
      address: '10.0.0.1',
      port: 2222,
      login: null,
      name: 'db1',
      tags: ['db', 'office'],
      keys: [],
    }
    expect(only('10.0.0.1:2222, db1, office, db')).toEqual(expected)
    expect(only('10.0.0.1:2222\tdb1\toffice db')).toEqual(expected)
    expect(only('10.0.0.1:2222 db1 office db')).toEqual(expected)
  })

  it('reads a bare address, a login, and IPv6', () => {
    expect(only('umber.example')).toMatchObject({ address: 'umber.example', port: 22, name: 'umber.example' })
    expect(only('admin@10.0.0.1, nas')).toMatchObject({ address: '10.0.0.1', login: 'admin', name: 'nas' })
    expect(only('[2001:db8::1]:2222, v6')).toMatchObject({ address: '2001:db8::1', port: 2222, name: 'v6' })
    expect(only('2001:db8::1, v6')).toMatchObject({ address: '2001:db8::1', port: 22 })
    expect(only('2001:db8::1')).toMatchObject({ name: '2001-db8--1' })
  })

  it('makes one host of the lines of a known_hosts file', () => {
    const { hosts, problems } = parseHostList(
      `umber,10.0.0.1 ssh-ed25519 ${ed25519}\number,10.0.0.1 ecdsa-sha2-nistp256 AAAA\n[sienna]:2222 ssh-rsa AAAB comment\n`,
    )
    expect(problems).toEqual([])
    expect(hosts.map((host) => [host.address, host.port, host.keys.map((key) => key.algorithm)])).toEqual([
      ['umber', 22, ['ssh-ed25519', 'ecdsa-sha2-nistp256']],
      ['sienna', 2222, ['ssh-rsa']],
    ])
  })

  it('skips comments and empty lines and keeps the numbers of the others', () => {
    const { hosts } = parseHostList('# servers\r\n\r\n10.0.0.1, a\r\n10.0.0.2, b')
    expect(hosts.map((host) => host.line)).toEqual([3, 4])
  })

  it('says what is wrong with a line and reads the others', () => {
    const { hosts, problems } = parseHostList('10.0.0.300, a\n10.0.0.2, b\n10.0.0.2, c\n10.0.0.3:99999, d')
    expect(hosts.map((host) => host.name)).toEqual(['b'])
    expect(problems).toEqual([
      { line: 1, text: '10.0.0.300, a', problem: 'The last part is 300; it goes up to 255.' },
      { line: 3, text: '10.0.0.2, c', problem: 'Line 2 has this address and port already.' },
      { line: 4, text: '10.0.0.3:99999, d', problem: 'A port is a whole number from 1 to 65535; this is 99999.' },
    ])
  })

  it('says why some lines of known_hosts name no host', () => {
    expect(problemOf(`|1|abc=|def= ssh-ed25519 ${ed25519}`)).toMatch(/hashed/)
    expect(problemOf(`@cert-authority *.example ssh-ed25519 ${ed25519}`)).toMatch(/authority/)
    expect(problemOf(`*.example ssh-ed25519 ${ed25519}`)).toMatch(/pattern/)
    expect(problemOf('umber ssh-ed25519 AA?A')).toMatch(/cut off/)
  })

  it('refuses names and logins that cannot be', () => {
    expect(problemOf('10.0.0.1, <script>')).toMatch(/^A name begins/)
    expect(problemOf('-x@10.0.0.1')).toMatch(/^A login/)
    expect(problemOf('10.0.0.1, a, ../x')).toMatch(/^A tag/)
  })

  it('stops at 500 hosts and says so', () => {
    const { hosts, problems } = parseHostList(
      Array.from({ length: 502 }, (_, i) => `10.1.${i >> 8}.${i & 255}`).join('\n'),
    )
    expect(hosts).toHaveLength(500)
    expect(problems.map((problem) => problem.line)).toEqual([501, 502])
  })
})
