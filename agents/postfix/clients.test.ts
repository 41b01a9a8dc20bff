import { describe, expect, it } from 'vitest'
import {
  addClient,
  clientsOf,
  identityOptions,
  sharedFilters,
  withClients,
  withExactly,
  withLoopbackClient,
} from './clients'
import type { SetDesired } from './desired'
import { destinationsOf } from './destinations'
import { loadFixture } from './load-fixtures'
import { parseMasterCf, printMasterCf } from './master-cf'
import { mailFacts } from './testing/facts-with'

const smtp = 'smtp unix - - y - - smtp\n'
const relay = 'relay unix - - y - - smtp\n  -o smtp_fallback_relay=\n'
const amavis = 'smtp-amavis unix - - n - 2 smtp\n  -o smtp_data_done_timeout=1200\n'
const own = '  -o smtp_bind_address=192.0.2.1\n'

const [plan] = loadFixture('debian-12').plans
const nothing: SetDesired = {
  ...(plan?.desired as SetDesired),
  ...{ source4: null, source6: null, helo: null, sixth: 'any', scope: 'all', enforce: false, greet: false },
}
const clients = (bytes: string, more: Partial<SetDesired>, main = '') => {
  const { facts, instance } = mailFacts(main, bytes)
  return printMasterCf(withClients(parseMasterCf(bytes), { ...nothing, ...more }, destinationsOf(facts, instance)))
}
const filter = 'content_filter = smtp-amavis:[127.0.0.1]:10024\n'

describe('the SMTP clients of a file', () => {
  it('are those that run smtp, the last of each name', () => {
    const doc = parseMasterCf(
      `${smtp}smtp inet n - y - - smtpd\nlmtp unix - - y - - lmtp\n${relay}smtp unix - - n - 5 smtp\n`,
    )
    expect(clientsOf(doc).map(({ key, maxproc }) => [key, maxproc])).toEqual([
      ['smtp/unix', '5'],
      ['relay/unix', '-'],
    ])
  })
})

describe('an identity as options', () => {
  const all = { source4: '192.0.2.1', source6: '2001:db8::9', helo: 'a.example' }
  it.each<[string, Partial<typeof all> | Record<string, null>, boolean, Record<string, string>]>([
    [
      'everything',
      {},
      true,
      {
        smtp_bind_address: '192.0.2.1',
        smtp_bind_address6: '2001:db8::9',
        smtp_bind_address_enforce: 'yes',
        smtp_helo_name: 'a.example',
      },
    ],
    ['a name alone, which nothing holds back', { source4: null, source6: null }, true, { smtp_helo_name: 'a.example' }],
    ['one source', { source6: null, helo: null }, false, { smtp_bind_address: '192.0.2.1' }],
  ])('is %s', (_, more, enforce, options) => expect(identityOptions({ ...all, ...more }, enforce)).toEqual(options))
})

describe('the clients as wished', () => {
  it.each<[string, string, Partial<SetDesired>, string]>([
    ['say nothing where main.cf says it', smtp + own + relay + own, { source4: '192.0.2.1' }, smtp + relay],
    [
      'say it where they are chosen, and no other usual one does',
      smtp + relay + own,
      { source4: '192.0.2.1', scope: ['smtp/unix'] },
      smtp + own + relay,
    ],
    ['say it in place', smtp + own, { source4: '192.0.2.2', scope: ['smtp/unix'] }, smtp + own.replace('2.1', '2.2')],
    [
      'use IPv4 alone',
      smtp + relay,
      { sixth: 'never' },
      `${smtp}  -o inet_protocols=ipv4\n${relay}  -o inet_protocols=ipv4\n`,
    ],
    ['use IPv6 again', `${smtp}  -o inet_protocols=ipv4\n`, {}, smtp],
    [
      'leave those of others alone',
      `${smtp}bulk unix - - y - - smtp\n${own}`,
      { source4: '192.0.2.9' },
      `${smtp}bulk unix - - y - - smtp\n${own}`,
    ],
  ])('%s', (_, bytes, more, after) => {
    expect(clients(bytes, more)).toBe(after)
    expect(clients(after, more)).toBe(after)
  })

  it('are refused where one is not there', () => {
    expect(() => clients(smtp, { scope: ['bulk/unix'] })).toThrow('no SMTP client bulk/unix')
  })

  it.each<[string, string, Partial<SetDesired>, string]>([
    ['keeps no source', smtp + amavis, { source4: '192.0.2.1' }, `${smtp}${amavis}  -o smtp_bind_address=\n`],
    [
      'keeps none of either family',
      smtp + amavis,
      { source4: '192.0.2.1', source6: '2001:db8::9' },
      `${smtp}${amavis}  -o smtp_bind_address=\n  -o smtp_bind_address6=\n`,
    ],
    ['says nothing once nothing is bound', `${smtp}${amavis}  -o smtp_bind_address=\n`, {}, smtp + amavis],
    [
      'says nothing where other clients are bound',
      smtp + amavis,
      { source4: '192.0.2.1', scope: ['smtp/unix'] },
      smtp + own + amavis,
    ],
    [
      'keeps what its admin chose',
      `${smtp}${amavis}  -o smtp_bind_address=127.0.0.1\n`,
      { source4: '192.0.2.1' },
      `${smtp}${amavis}  -o smtp_bind_address=127.0.0.1\n`,
    ],
    [
      'of another protocol is none of this',
      `${smtp}smtp-amavis unix - - n - 2 lmtp\n`,
      { source4: '192.0.2.1' },
      `${smtp}smtp-amavis unix - - n - 2 lmtp\n`,
    ],
  ])('a filter’s own client %s', (_, bytes, more, after) => {
    expect(clients(bytes, more, filter)).toBe(after)
    expect(clients(after, more, filter)).toBe(after)
  })
})

describe('a filter that shares its client', () => {
  const shared = (main: string, more: Partial<SetDesired>) => {
    const { facts, instance } = mailFacts(main, smtp + relay)
    return sharedFilters(parseMasterCf(smtp + relay), { ...nothing, ...more }, destinationsOf(facts, instance)).map(
      ({ where }) => where,
    )
  }
  const bound = { source4: '192.0.2.1' }
  it.each<[string, string, Partial<SetDesired>, number]>([
    ['with the world', 'content_filter = smtp:[127.0.0.1]:10024\n', bound, 1],
    ['over IPv6', 'content_filter = relay:[::1]:10024\n', { source6: '2001:db8::9' }, 1],
    ['but is elsewhere', 'content_filter = smtp:[192.0.2.9]:10024\n', bound, 0],
    ['but has its own', filter, bound, 0],
    ['and nothing is bound', 'content_filter = smtp:[127.0.0.1]:10024\n', { helo: 'a.example' }, 0],
    ['that is not bound', 'content_filter = relay:[127.0.0.1]:10024\n', { ...bound, scope: ['smtp/unix'] }, 0],
    ['and is a relay', 'relayhost = [127.0.0.1]:10024\n', bound, 0],
  ])('%s', (_, main, more, count) => expect(shared(main, more)).toHaveLength(count))
})

describe('a client of its own', () => {
  it('is made of smtp unix, and goes to every byte', () => {
    const doc = parseMasterCf(`${smtp}# c\n${relay}`)
    const withOne = withLoopbackClient(doc, true)
    expect(printMasterCf(withOne)).toBe(
      `${smtp}pollux-loopback unix - - y - - smtp\n  -o smtp_bind_address=\n  -o smtp_bind_address6=\n# c\n${relay}`,
    )
    expect(withLoopbackClient(withOne, true)).toBe(withOne)
    expect(printMasterCf(withLoopbackClient(withOne, false))).toBe(printMasterCf(doc))
    expect(withLoopbackClient(doc, false)).toBe(doc)
  })

  it('takes neither what is its model’s identity nor its comments', () => {
    const model = `${smtp}${own}# why\n  -o smtp_tls_note_starttls_offer=yes\n`
    expect(printMasterCf(addClient(parseMasterCf(model), 'x', { smtp_helo_name: 'a.example' }))).toBe(
      `${model}x unix - - y - - smtp\n  -o smtp_tls_note_starttls_offer=yes\n  -o smtp_helo_name=a.example\n`,
    )
  })

  it('has exactly the named options, and every other it had', () => {
    const doc = withExactly(parseMasterCf(relay + own), 'relay/unix', { smtp_helo_name: 'a.example' }, [
      'smtp_bind_address',
      'smtp_helo_name',
    ])
    expect(printMasterCf(doc)).toBe(`${relay}  -o smtp_helo_name=a.example\n`)
    expect(withExactly(doc, 'gone/unix', { a: 'b' }, ['a'])).toBe(doc)
  })
})
