import { describe, expect, it } from 'vitest'
import { factsOf, loadFixture } from './load-fixtures'
import { mailFacts } from './testing/facts-with'
import { hostView } from './view'

const viewOf = (name: string) => hostView(factsOf(loadFixture(name)), 'host-1', 'host-1')
const instanceOf = (main: string, master: string, more = {}) => {
  const { facts } = mailFacts(main, master, more)
  const [instance] = hostView(facts, 'host-1', 'host-1').instances
  if (!instance) throw new Error('expected an instance')
  return instance
}
const columns = 'inet n - y - - smtpd\n'

describe('a host', () => {
  it('offers the addresses that are there besides its own first, and none that never leaves it', () => {
    expect(viewOf('debian-12').addresses.map(({ host, device, isFailover }) => [host, device, isFailover])).toEqual([
      ['203.0.113.40', 'eth0', true],
      ['198.51.100.5', 'eth0', false],
      ['2001:db8:40::5', 'eth0', false],
    ])
    expect(viewOf('debian-12').devices).toEqual(['eth0'])
  })

  it.each([
    ['debian-12', null, false],
    ['none', 'host-1 has no Postfix. Install it first: that is a change of its own.', true],
    ['none-no-apt', 'host-1 has no Postfix. Install it first: that is a change of its own.', false],
    ['exim', 'exim4 answers on port 25 there', false],
  ])('with the readings of %s says why it has no Postfix, and whether it can get one', (name, whyNot, canInstall) => {
    const view = viewOf(name)
    expect(view.canInstall).toBe(canInstall)
    if (whyNot === null) expect(view.whyNot).toBeNull()
    else expect(view.whyNot).toContain(whyNot)
  })

  it.each([
    ['stopped', 'is not active. Start it first'],
    ['hand-started', 'somebody started that by hand'],
    ['read-only', 'mounted read-only'],
    ['link', 'is a link: replace it by a file'],
    ['unreadable', 'could not be read: denied'],
    ['broken', 'Mend that first.'],
    ['no-init', 'Pollux cannot tell'],
  ])('with the readings of %s says why nothing can be changed', (name, words) =>
    expect(viewOf(name).instances[0]?.whyNot).toContain(words),
  )

  it.each([
    [
      'article',
      '2.7.0',
      'published files only',
      { enforce: false, preferIpv4: false, senders: false, wait: false, ipv6: false },
    ],
    ['debian-11', '3.5.25', 'live-tested', { enforce: false, preferIpv4: true, senders: true, wait: true, ipv6: true }],
    ['debian-12', '3.7.11', 'live-tested', { enforce: true, preferIpv4: true, senders: true, wait: true, ipv6: true }],
    ['no-ipv6', '3.7.11', 'live-tested', { enforce: true, preferIpv4: true, senders: true, wait: true, ipv6: false }],
    ['ipv4-only', '3.7.11', 'live-tested', { enforce: true, preferIpv4: true, senders: true, wait: true, ipv6: false }],
  ])('with the readings of %s tells what it can', (name, version, support, can) => {
    const view = viewOf(name)
    expect([view.version, view.support, view.instances[0]?.can]).toEqual([version, support, can])
  })

  it('tells whether mail is as its package ships it', () => {
    const shipped = ['article', 'debian-12', 'postscreen', 'submission', 'filter-own-client', 'said-nothing']
    for (const name of shipped) expect([name, viewOf(name).instances[0]?.isShipped]).toEqual([name, true])
    const other = ['article-by-hand', 'debian-13-applied', 'bind-by-hand', 'bind-on-client', 'nonlocal-ours', 'macros']
    for (const name of other) expect([name, viewOf(name).instances[0]?.isShipped]).toEqual([name, false])
  })
})

describe('the ports', () => {
  it('have their words, and what cannot be chosen its reason', () => {
    const { ports, wish } = instanceOf(
      'a = b\n',
      `smtp ${columns}587 inet n - y - - smtpd\n192.0.2.1:465 ${columns}127.0.0.1:10025 ${columns}mx.example.org:2525 ${columns}localhost:628 ${columns}amqp ${columns}`,
    )
    expect(
      ports.map(({ port, label, now, isLoopbackOnly, whyNot }) => [port, label, now, isLoopbackOnly, whyNot]),
    ).toEqual([
      ['25', 'Mail from other servers', 'every address', false, null],
      ['587', 'Mail from users', 'every address', false, null],
      ['465', 'Mail from users, over TLS', '192.0.2.1', false, null],
      ['10025', 'For programs on the host itself', '127.0.0.1', true, null],
      [
        '2525',
        'Another service',
        'mx.example.org',
        false,
        'Line 5 of master.cf listens on mx.example.org, a name: write the address there.',
      ],
      [
        '628',
        'For programs on the host itself',
        'localhost',
        true,
        'master.cf listens on "localhost" there: write 127.0.0.1.',
      ],
      ['amqp', 'Another service', 'every address', false, null],
    ])
    expect(wish.listeners.map(({ port }) => port)).toEqual(['25', '587', '465', '10025', 'amqp'])
  })

  it('name the program that answers', () => {
    expect(viewOf('postscreen').instances[0]?.ports.map(({ program }) => program)).toEqual(['postscreen'])
  })
})

describe('the clients and the names', () => {
  it('say what each delivers, without those of Pollux', () => {
    expect(viewOf('filter-own-client').instances[0]?.clients).toEqual([
      { key: 'smtp/unix', what: 'mail to other servers' },
      { key: 'relay/unix', what: 'mail that is only relayed' },
      { key: 'smtp-amavis/unix', what: 'the filter at [127.0.0.1]:10024' },
    ])
    expect(viewOf('senders-applied').instances[0]?.clients.map(({ key }) => key)).toEqual(['smtp/unix', 'relay/unix'])
    expect(viewOf('bind-on-client').instances[0]?.clients).toContainEqual({
      key: 'bulk/unix',
      what: 'what is handed to it by name',
    })
  })

  it('are expanded where they are known', () => {
    const { myhostname, mydomain } = instanceOf(
      'mydomain = example.org\nmyhostname = mx.$mydomain\n',
      `smtp ${columns}`,
    )
    expect([myhostname, mydomain]).toEqual(['mx.example.org', 'example.org'])
    expect(instanceOf('myhostname = $nowhere\n', `smtp ${columns}`).myhostname).toBeNull()
  })

  it('tell what Postfix complains of, but not of what only repeats', () => {
    const { problems } = instanceOf('  orphan = 1\na = 1\na = 2\n', `smtp ${columns}25 ${columns}`)
    expect(problems).toEqual([
      expect.stringMatching(/^\/etc\/postfix\/main\.cf, line 1: /),
      expect.stringMatching(/^\/etc\/postfix\/master\.cf, line 2: /),
    ])
  })
})
