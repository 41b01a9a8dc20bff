import { describe, expect, it } from 'vitest'
import type { ListeningSocket } from './facts'
import { parseInstances } from './parse-instances'

const unit = (id: string, type: string, active: string, load = 'loaded') =>
  `Type=${type}\nId=${id}\nLoadState=${load}\nActiveState=${active}`
const listens: ListeningSocket[] = [{ host: null, family: 4, port: 25, program: 'master' }]
const first = '-               -               y         /etc/postfix'
const second = 'postfix-out     mta             y         /etc/postfix-out'
const dummy = unit('postfix.service', 'oneshot', 'active')

interface Told {
  listing?: string | null
  units?: string[]
  hasScript?: boolean
  sockets?: ListeningSocket[]
  paths?: string[]
}
const read = ({ listing = first, units = [], hasScript = false, sockets = [], paths = [] }: Told) =>
  parseInstances({ listing, units: units.join('\n\n'), hasScript, sockets, paths })
const told = (from: Told) =>
  read(from).instances.map(({ name, unit: of, isRunning, runningBecause }) => [name, of, isRunning, runningBecause])

describe('what runs Postfix', () => {
  it.each<[string, Told, string]>([
    ['systemd', { units: [dummy] }, 'systemd'],
    ['systemd, although there is a script', { units: [dummy], hasScript: true }, 'systemd'],
    ['a script', { hasScript: true }, 'script'],
    [
      'a script where systemd has no unit',
      { units: [unit('postfix.service', '', 'inactive', 'not-found')], hasScript: true },
      'script',
    ],
    ['nothing that is known', { units: [unit('postfix.service', 'forking', 'inactive', 'masked')] }, 'none'],
  ])('is %s', (_, from, init) => expect(read(from).init).toBe(init))

  it.each<[string, string[], unknown[]]>([
    [
      'each instance its own, up to Debian 12',
      [dummy, unit('postfix@-.service', 'forking', 'active')],
      ['-', 'postfix@-.service', true, 'postfix@-.service is active'],
    ],
    [
      'one that only reloads',
      [dummy, unit('postfix@-.service', 'forking', 'reloading')],
      ['-', 'postfix@-.service', true, 'postfix@-.service is active'],
    ],
    [
      'one that failed',
      [dummy, unit('postfix@-.service', 'forking', 'failed')],
      ['-', 'postfix@-.service', false, 'postfix@-.service is not active'],
    ],
    [
      'none, although the dummy is active',
      [dummy],
      ['-', 'postfix@-.service', false, 'postfix@-.service is not active'],
    ],
    [
      'the first by postfix.service, from Debian 13',
      [unit('postfix.service', 'forking', 'active')],
      ['-', 'postfix.service', true, 'postfix.service is active'],
    ],
    [
      'and not by the template’s',
      [unit('postfix.service', 'forking', 'inactive'), unit('postfix@-.service', 'forking', 'active')],
      ['-', 'postfix.service', false, 'postfix.service is not active'],
    ],
  ])('runs %s', (_, units, expected) => expect(told({ units })).toEqual([expected]))

  it('tells which instance is stopped', () => {
    const both = `${first}\n${second}`
    const debian12 = [
      dummy,
      unit('postfix@-.service', 'forking', 'active'),
      unit('postfix@postfix-out.service', 'forking', 'inactive'),
    ]
    expect(told({ listing: both, units: debian12, sockets: listens })).toEqual([
      ['-', 'postfix@-.service', true, 'postfix@-.service is active'],
      ['postfix-out', 'postfix@postfix-out.service', false, 'postfix@postfix-out.service is not active'],
    ])
    const debian13 = [unit('postfix.service', 'forking', 'inactive'), unit('postfix@out.service', 'forking', 'active')]
    expect(
      told({ listing: both, units: debian13, sockets: listens }).map(([name, of, isRunning]) => [name, of, isRunning]),
    ).toEqual([
      ['-', 'postfix.service', false],
      ['postfix-out', 'postfix@out.service', true],
    ])
  })

  it('tells what somebody started beside systemd', () => {
    const units = [dummy, unit('postfix@-.service', 'forking', 'inactive')]
    const [[, , isRunning, because] = []] = told({ units, sockets: listens })
    expect([isRunning, because]).toEqual([false, expect.stringContaining('started that by hand')])
    const exim: ListeningSocket[] = [{ host: null, family: 4, port: 25, program: 'exim4' }]
    expect(told({ units, sockets: exim })[0]?.[3]).toBe('postfix@-.service is not active')
  })

  it('goes by the sockets where a script starts it', () => {
    expect(told({ hasScript: true, sockets: listens })).toEqual([['-', null, true, 'its master listens']])
    expect(told({ hasScript: true })).toEqual([['-', null, false, 'no socket of a Postfix master was seen']])
  })
})

describe('the instances', () => {
  it('are one where no program lists them', () => {
    expect(read({ listing: null, paths: ['/etc/postfix/main.cf'] }).instances).toMatchObject([
      { name: '-', directory: '/etc/postfix' },
    ])
    expect(read({ listing: null, paths: ['/etc/postfix/master.cf'] }).instances).toEqual([])
  })

  it('are those of postmulti, with their folders', () => {
    expect(read({ listing: `${first}\n${second}\npostfix-off - n /etc/postfix-off/\n` }).instances).toMatchObject([
      { name: '-', directory: '/etc/postfix' },
      { name: 'postfix-out', directory: '/etc/postfix-out' },
      { name: 'postfix-off', directory: '/etc/postfix-off' },
    ])
  })

  it.each([
    '$(reboot) - y /etc/x',
    '-  -  y  /etc/postfix;id',
    '- - y /srv/postfix',
    'a/b - y /etc/b',
    '- - maybe /etc/x',
    'x y',
  ])('have no place for %j', (listing) => expect(read({ listing }).instances).toEqual([]))
})
