import { describe, expect, it } from 'vitest'
import type { Plan } from '@/lib/agent'
import { postfixAgent } from '.'
import { postfixDesired } from './desired'
import type { PostfixFacts } from './facts'
import { factsOf, loadFixture } from './load-fixtures'
import { bytesAt } from './parameters'
import { sendersPath } from './paths'

const main = '/etc/postfix/main.cf'
const master = '/etc/postfix/master.cf'
const wait = '/etc/systemd/system/postfix@-.service.d/50-pollux-addresses.conf'

/** A fixture's plan, and the facts once it was applied. */
function applied(name: string, at = 0) {
  const fixture = loadFixture(name)
  const desired = postfixDesired.parse(fixture.plans[at]?.desired)
  const host = { hostId: 'host-1', name: 'host-1', facts: factsOf(fixture) }
  const plan = postfixAgent.plan([host], desired)
  return { desired, plan, facts: postfixAgent.predict(host, plan) }
}
const { desired, plan, facts } = applied('debian-12', 1)
const driftOf = (now: PostfixFacts, of: { desired: typeof desired; plan: Plan } = { desired, plan }) =>
  postfixAgent
    .drift({ hostId: 'host-1', name: 'host-1', facts: now }, of.desired, of.plan)
    .map(({ what, expected, seen }) => [what, expected, seen])

function edited(path: string, edit: (bytes: string) => string, from = facts): PostfixFacts {
  const file = { state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root' } as const
  return { ...from, files: { ...from.files, [path]: { ...file, bytes: edit(bytesAt(from.files, path)) } } }
}

describe('what somebody changed', () => {
  it.each<[string, PostfixFacts, unknown[]]>([
    [
      'a parameter',
      edited(main, (bytes) => bytes.replace('= 203.0.113.40', '= 198.51.100.5')),
      [[`${main}: smtp_bind_address`, '203.0.113.40', '198.51.100.5']],
    ],
    [
      'one that is about something else',
      edited(main, (bytes) => bytes.replace('=may', '=none')),
      [[`${main}: smtpd_tls_security_level`, 'may', 'none']],
    ],
    [
      'one that came',
      edited(main, (bytes) => `${bytes}disable_vrfy_command = yes\n`),
      [[`${main}: disable_vrfy_command`, 'not there', 'yes']],
    ],
    [
      'one that went',
      edited(main, (bytes) => bytes.replace(/^smtp_bind.*\n/m, '')),
      [[`${main}: smtp_bind_address`, '203.0.113.40', 'not there']],
    ],
    [
      'one that became empty',
      edited(main, (bytes) => bytes.replace(/^(smtp_bind_address =).*/m, '$1')),
      [[`${main}: smtp_bind_address`, '203.0.113.40', 'empty']],
    ],
    [
      'the last of two',
      edited(main, (bytes) => `${bytes}smtp_bind_address = 198.51.100.5\n`),
      [[`${main}: smtp_bind_address`, '203.0.113.40', '198.51.100.5']],
    ],
    [
      'a service',
      edited(master, (bytes) => bytes.replace(/^(127\S+ +inet +n +- +)y/m, '$1n')),
      [
        [
          `${master}: 127.0.0.1:smtp inet`,
          '127.0.0.1:smtp inet n - y - - smtpd',
          '127.0.0.1:smtp inet n - n - - smtpd',
        ],
      ],
    ],
    [
      'an option of one',
      edited(master, (bytes) => bytes.replace('  -o inet_protocols=ipv4\n', '')),
      [[`${master}: smtp unix`, 'smtp unix - - y - - smtp -o inet_protocols=ipv4', 'smtp unix - - y - - smtp']],
    ],
    [
      'a service that came',
      edited(master, (bytes) => `${bytes}587 inet n - y - - smtpd\n`),
      [[`${master}: 587 inet`, 'not there', '587 inet n - y - - smtpd']],
    ],
    [
      'a line of ours',
      edited(wait, (bytes) => bytes.replace('RestartSec=15', 'RestartSec=1')),
      [
        [`${wait}: RestartSec=15`, 'there', 'not there'],
        [`${wait}: RestartSec=1`, 'not there', 'there'],
      ],
    ],
    [
      'an address',
      { ...facts, addresses: facts.addresses.filter(({ host }) => host !== '203.0.113.40') },
      [['address 203.0.113.40', 'there', 'not there']],
    ],
    [
      'whether it runs',
      { ...facts, instances: facts.instances.map((one) => ({ ...one, isRunning: false })) },
      [['Postfix', 'running', 'not running']],
    ],
    ['that it is there', { ...facts, instances: [] }, [['Postfix', 'there', 'not there']]],
  ])('is told: %s', (_, now, expected) => expect(driftOf(now)).toEqual(expected))

  it('is told of a file: gone, or with another mode', () => {
    const { [wait]: _gone, ...rest } = facts.files
    expect(driftOf({ ...facts, files: rest })).toEqual([[wait, 'there', 'not there']])
    const file = { state: 'there', type: 'file', mode: '0600', owner: 'ada', group: 'root' } as const
    const files = { ...facts.files, [main]: { ...file, bytes: bytesAt(facts.files, main) } }
    expect(driftOf({ ...facts, files })).toEqual([[`${main}: mode and owner`, '0644 root:root', '0600 ada:root']])
  })

  it.each<[string, PostfixFacts]>([
    ['comments and blank lines', edited(main, (bytes) => `# hello\n\n${bytes}# end\n`)],
    ['spaces', edited(master, (bytes) => bytes.replaceAll(/ {2,}(?=\S)/g, '   ').replace(/^ {3}-o/gm, ' -o'))],
    [
      'how a value is cut into lines',
      edited(main, (bytes) => bytes.replace('= $myhostname, localhost', '= $myhostname,\n# c\n localhost')),
    ],
    ['what could not be read', { ...facts, files: { ...facts.files, [main]: { state: 'unread', why: 'denied' } } }],
    ['what waits, and who else listens', { ...facts, queued: 99, sockets: null }],
  ])('is nobody’s concern: %s', (_, now) => expect(driftOf(now)).toEqual([]))
})

describe('an address that may be elsewhere', () => {
  it('is no drift where mail shall start without it', () => {
    const standby = applied('debian-12', 3)
    expect(standby.desired).toMatchObject({ boot: 'nonlocal' })
    expect(driftOf(standby.facts, standby)).toEqual([])
  })
})

describe('passwords', () => {
  it('are shown neither as they were nor as they are', () => {
    const secret = applied('password')
    const now = edited(
      main,
      (bytes) => bytes.replace('user:secret', 'user:other').replace('relayhost = ', 'relayhost = x'),
      secret.facts,
    )
    const shown = JSON.stringify(
      postfixAgent.drift({ hostId: 'host-1', name: 'host-1', facts: now }, secret.desired, secret.plan),
    )
    expect(shown).toContain('relayhost')
    expect(shown).not.toMatch(/secret|other|hunter/)
  })
})

describe('an installation', () => {
  const install = applied('none')
  it('drifts only where Postfix is gone', () => {
    expect(driftOf(install.facts, install)).toEqual([])
    expect(driftOf({ ...install.facts, instances: [] }, install)).toEqual([['Postfix', 'installed', 'not there']])
  })
})

it('reads a table of senders by its lines', () => {
  const senders = applied('two-senders')
  const path = sendersPath({ directory: '/etc/postfix' })
  const now = edited(path, (bytes) => bytes.replace('ada@example.org', 'eve@example.org'), senders.facts)
  expect(driftOf(now, senders).map(([what, , seen]) => [what, seen])).toEqual([
    [`${path}: ada@example.org\tpollux-from-ada-example-org:`, 'not there'],
    [`${path}: eve@example.org\tpollux-from-ada-example-org:`, 'there'],
  ])
})
