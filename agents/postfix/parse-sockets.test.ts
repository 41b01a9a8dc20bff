import { describe, expect, it } from 'vitest'
import { parseListing, parseTables, tableOf } from './parse-sockets'

const read = (...lines: string[]) =>
  parseListing(lines.join('\n')).map(
    ({ host, family, port, program }) => `${family} ${host ?? 'any'} ${port} ${program ?? '?'}`,
  )
const row = (local: string, users = 'users:(("master",pid=491,fd=13))', peer = '0.0.0.0:*') =>
  `LISTEN 0      100    ${local}        ${peer}    ${users}`
const ancient = (local: string, users: string, peer = '*:*') =>
  `LISTEN     0      100        ${local}          ${peer}      ${users}`
const net = (protocol: string, local: string, program: string) =>
  `${protocol}        0      0 ${local}              0.0.0.0:*               LISTEN      ${program}`

describe('ss -ltnp', () => {
  it.each<[string, string, string]>([
    ['of every IPv4 address', row('0.0.0.0:25'), '4 any 25 master'],
    ['of every IPv6 address', row('[::]:25'), '6 any 25 master'],
    ['of one address', row('203.0.113.9:587'), '4 203.0.113.9 587 master'],
    ['of one IPv6 address', row('[2001:DB8::9]:25'), '6 2001:db8::9 25 master'],
    ['on a device', row('127.0.0.53%lo:53'), '4 127.0.0.53 53 master'],
    ['on a device, IPv6', row('[fe80::1]%eth0:25'), '6 fe80::1 25 master'],
    ['of both families', row('*:80', 'users:(("nginx",pid=1,fd=6))'), '6 any 80 nginx'],
    [
      'that daemons hold too',
      row('0.0.0.0:25', 'users:(("smtpd",pid=7,fd=6),("master",pid=9,fd=13))'),
      '4 any 25 master',
    ],
    ['of another program', row('0.0.0.0:25', 'users:(("exim4",pid=7,fd=6),("x",pid=9,fd=1))'), '4 any 25 exim4'],
    ['of nobody who is told', row('0.0.0.0:25', ''), '4 any 25 ?'],
  ])('tells a socket %s', (_, line, expected) => {
    expect(read('State Recv-Q Send-Q Local Address:Port Peer', row('0.0.0.0:22', ''), line)).toEqual([
      '4 any 22 ?',
      expected,
    ])
  })

  it('is understood as it was of old, too', () => {
    expect(
      read(
        'State      Recv-Q Send-Q      Local Address:Port        Peer Address:Port ',
        ancient('*:25', 'users:(("master",1934,12))'),
        ancient(':::25', 'users:(("smtpd",2001,6),("master",1934,13))', ':::*'),
        ancient('::1:631', 'users:(("cupsd",1500,7))', ':::*'),
      ),
    ).toEqual(['4 any 25 master', '6 any 25 master', '6 ::1 631 cupsd'])
  })

  it.each([
    'ESTAB 0 0 0.0.0.0:25 0.0.0.0:*',
    row('nonsense:25'),
    row('203.0.113.9:port'),
    row('203.0.113.9'),
    row('[2001:db8::9'),
    'LISTEN',
    '',
  ])('says nothing by %j', (line) => expect(read(line)).toEqual([]))
})

describe('netstat -ltnp', () => {
  it('tells sockets of both families', () => {
    expect(
      read(
        'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name   ',
        net('tcp', '0.0.0.0:25', '2345/master         '),
        net('tcp', '203.0.113.9:25', '-'),
        net('tcp6', ':::22', '77/sshd: /usr/sbin/'),
        net('tcp6', '::1:25', '2345/master'),
        'udp        0      0 0.0.0.0:68              0.0.0.0:*                           1/dhclient',
        'tcp        0      0 192.0.2.1:25      192.0.2.2:999       ESTABLISHED 1/x',
      ),
    ).toEqual(['4 any 25 master', '4 203.0.113.9 25 ?', '6 any 22 sshd', '6 ::1 25 master'])
  })
})

describe('what a check reads', () => {
  const has = new Set(['ss', 'netstat'])
  it.each<[string, string, ReadonlySet<string>, string]>([
    ['ss as it is', row('0.0.0.0:22'), has, 'ss'],
    ['ss of old, beside netstat', ancient('*:22', ''), has, 'netstat'],
    ['ss of old alone', ancient('*:22', ''), new Set(['ss']), 'kernel'],
    ['ss between the times', `${ancient('*:22', '')}\n${ancient('[::]:22', '', '[::]:*')}`, new Set(['ss']), 'kernel'],
    ['netstat', net('tcp', '0.0.0.0:25', '-'), new Set(['netstat']), 'netstat'],
    ['neither', '', new Set(), 'kernel'],
  ])('where there is %s', (_, listing, programs, table) => expect(tableOf(listing, programs)).toBe(table))
})

describe('/proc/net/tcp and tcp6', () => {
  const line = (local: string, state: string, peer = '00000000:0000') =>
    `   0: ${local} ${peer} ${state} 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0`
  const none6 = `${'0'.repeat(32)}:0000`

  it('tell what listens, and nobody’s name', () => {
    expect(
      parseTables([
        `  sl  local_address rem_address   st\n${line('00000000:0019', '0A')}\n${line('097100CB:024B', '0A')}\n`,
        `${line(`${'0'.repeat(32)}:0019`, '0A', none6)}\n${line('B80D0120000000000000000009000000:0019', '0A', none6)}`,
      ]),
    ).toEqual([
      { host: null, family: 4, port: 25, program: null },
      { host: '203.0.113.9', family: 4, port: 587, program: null },
      { host: null, family: 6, port: 25, program: null },
      { host: '2001:db8::9', family: 6, port: 25, program: null },
    ])
  })

  it.each([line('00000000:0019', '01'), line('0000:0019', '0A'), line('00000000:19', '0A'), 'sl', ''])(
    'say nothing by %j',
    (text) => expect(parseTables([text])).toEqual([]),
  )
})
