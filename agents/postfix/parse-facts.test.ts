import { describe, expect, it } from 'vitest'
import { type Fixture, factsOf, loadFixture } from './load-fixtures'

const debian = loadFixture('debian-12')
const etch = loadFixture('etch')
const read = (more: Partial<Fixture>, from = debian) => factsOf({ ...from, ...more })

describe('what waits in the queue', () => {
  it.each<[string | null, number | null]>([
    ['Mail queue is empty\n', 0],
    ['-Queue ID-  --Size--\nA1*  300 Thu\n\n-- 5 Kbytes in 1 Request.\n', 1],
    ['A1  300\n-- 12 Kbytes in 34 Requests.\n', 34],
    ['postqueue: fatal: Queue report unavailable - mail system is down\n', null],
    ['', null],
    [null, null],
  ])('by %j is %j', (queue, queued) => expect(read({ queue }).queued).toBe(queued))
})

describe('where nothing can be written', () => {
  const disk = '/dev/sda1 / ext4 rw,relatime 0 0\n'
  it.each<[string, string, string[]]>([
    ['nowhere', disk, []],
    ['on the whole disk', '/dev/sda1 / ext4 ro,relatime 0 0\n', ['/']],
    ['below the folder of one', `${disk}/dev/sdb / ext4 rw 0 0\n/dev/sdc /etc ext4 ro 0 0\n`, ['/etc']],
    ['on what was mounted last', `/dev/sda1 / ext4 ro 0 0\n${disk}`, []],
    ['on a folder that only begins alike', `${disk}/dev/sdb /etc/postfix-old ext4 ro 0 0\n`, []],
    ['elsewhere', `${disk}/dev/sdb /usr ext4 ro 0 0\ntmpfs /etc/my\\040files tmpfs ro 0 0\n`, []],
    ['by a word that only holds it', '/dev/sda1 / ext4 rw,errors=remount-ro 0 0\n', []],
    ['by lines that are none', 'x\n\n/ /\n', []],
  ])('is %s', (_, mounts, readOnly) => expect(read({ mounts }).readOnly).toEqual(readOnly))
})

describe('the knobs of the kernel', () => {
  it.each<[string | null, boolean | null]>([
    ['0\n', false],
    ['1\n', true],
    ['2\n', null],
    ['', null],
    [null, null],
  ])('say %j: %j', (four, is) => expect(read({ nonlocal: [four, '0\n'] }).nonlocalBind).toEqual({ 4: is, 6: false }))
})

it('takes of the defaults what it looks at, empty ones too', () => {
  const { defaults, version } = read({ defaults: 'relayhost =\nmyhostname = a = b\nx = y\nmail_version = 3.7.11\n' })
  expect([defaults, version]).toEqual([{ mail_version: '3.7.11', myhostname: 'a = b', relayhost: '' }, '3.7.11'])
})

it('has no facts where postconf is there and says nothing', () => {
  expect(() => read({ defaults: null })).toThrow('debian-12.json')
})

describe('a master that listens', () => {
  const line = (port: number, program = 'master') =>
    `tcp        0      0 0.0.0.0:${port}              0.0.0.0:*               LISTEN      77/${program}\n`
  const runs = (sockets: string, more: Partial<Fixture> = {}) =>
    read({ sockets, ...more }, etch).instances[0]?.isRunning
  it.each<[string, number, boolean]>([
    ['on mail’s own port', 25, true],
    ['on a port that no master.cf names: it is Cyrus’s', 143, false],
  ])('%s', (_, port, is) => expect(runs(line(port))).toBe(is))

  it('is Postfix’s where master.cf names the port, or could not be read', () => {
    const main = etch.documents['/etc/postfix/main.cf'] ?? { notRead: 'absent' }
    const file = (bytes: string) => ({ mode: '0644', type: 'file', bytes }) as const
    const documents = (master: Fixture['documents'][string]) => ({
      documents: { ...etch.documents, '/etc/postfix/main.cf': main, '/etc/postfix/master.cf': master },
    })
    expect(runs(line(2525), documents(file('2525 inet n - n - - smtpd\n')))).toBe(true)
    expect(runs(line(2525), documents(file('2526 inet n - n - - smtpd\n')))).toBe(false)
    expect(runs(line(2525), documents({ notRead: 'denied' }))).toBe(true)
    expect(runs(line(25, 'exim4'))).toBe(false)
  })
})

describe('readings without end', () => {
  const long = ['x', ' ', '$(reboot)', '"', '0.0.0.0:25 ', '=', ':', '\\040', '\u0001', 'LISTEN 0 '].map((piece) =>
    piece.repeat(60_000),
  )
  it.each([
    'defaults',
    'instances',
    'units',
    'addresses',
    'links',
    'sockets',
    'tcp4',
    'tcp6',
    'mounts',
    'queue',
  ] as const)('of %s say nothing, and are not mulled over', (name) => {
    const from = name.startsWith('tcp') ? loadFixture('kernel-tables') : debian
    for (const line of long) {
      const now = read({ [name]: `${line}\nLISTEN ${line}\n1: eth0: ${line}\n${from[name] ?? ''}` }, from)
      expect(now).toEqual(factsOf(from))
    }
  })
})
