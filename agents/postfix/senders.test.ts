import { describe, expect, it } from 'vitest'
import { clientsOf } from './clients'
import type { Sender } from './desired'
import { findParameter, parseMainCf, printMainCf } from './main-cf'
import { parseMasterCf, printMasterCf } from './master-cf'
import {
  hasEnforcedSender,
  senderClients,
  sendersOf,
  sendersText,
  withSenderClients,
  withSendersTable,
} from './senders'

const sender = (pattern: string, source4: string | null, helo: string | null = null): Sender => ({
  pattern,
  source4,
  source6: null,
  helo,
})
const master = 'smtp unix - - y - - smtp\n# end\nrelay unix - - y - - smtp\n'
const free = { enforce: false, sixth: 'any' } as const
const kept = { ...free, enforce: true }
const namesOf = (senders: readonly Sender[]) => senderClients(senders).map(({ name, patterns }) => [name, patterns])

describe('the clients of senders', () => {
  it('are one for each identity, named after its address, or its name where it has none', () => {
    const six = { ...sender('@c.org', null), source6: '2001:db8::9' }
    expect(
      namesOf([
        sender('a@a.org', '192.0.2.1'),
        sender('@b.org', '192.0.2.1'),
        six,
        sender('@d.org', null, 'd.example'),
      ]),
    ).toEqual([
      ['pollux-from-192-0-2-1', ['a@a.org', '@b.org']],
      ['pollux-from-2001-db8--9', ['@c.org']],
      ['pollux-from-d-example', ['@d.org']],
    ])
  })

  it('have names of their own where an address has several, in whatever order they come', () => {
    const all = ['x.example', 'x-example', 'a.example'].map((helo) => sender(`@${helo}.org`, '192.0.2.1', helo))
    const names = new Map(senderClients(all).map(({ name, identity }) => [identity.helo, name]))
    expect([...names.values()].sort()).toEqual([
      'pollux-from-192-0-2-1',
      'pollux-from-192-0-2-1-x-example',
      'pollux-from-192-0-2-1-x-example-2',
    ])
    for (const order of [all.toReversed(), [all[1], all[0], all[2]].flatMap((one) => one ?? [])])
      expect(new Map(senderClients(order).map(({ name, identity }) => [identity.helo, name]))).toEqual(names)
  })

  it('are put into master.cf behind smtp, with what they are, and taken out to every byte', () => {
    const clients = senderClients([sender('@b.org', '192.0.2.1', 'b.example')])
    const after = withSenderClients(parseMasterCf(master), clients, kept)
    expect(printMasterCf(after)).toBe(
      master.replace(
        '# end',
        [
          'pollux-from-192-0-2-1 unix - - y - - smtp',
          '  -o smtp_bind_address=192.0.2.1',
          '  -o smtp_bind_address_enforce=yes',
          '  -o smtp_helo_name=b.example',
          '# end',
        ].join('\n'),
      ),
    )
    expect(withSenderClients(after, clients, kept)).toEqual(after)
    expect(printMasterCf(withSenderClients(after, [], kept))).toBe(master)
    expect(hasEnforcedSender(after)).toBe(true)
    const freed = withSenderClients(after, clients, free)
    expect([printMasterCf(freed).includes('enforce'), hasEnforcedSender(freed)]).toEqual([false, false])
  })

  it('use IPv4 alone where IPv6 shall never be used and they have no source for it', () => {
    const six = { ...sender('@c.org', '192.0.2.2'), source6: '2001:db8::9' }
    const clients = senderClients([sender('@b.org', '192.0.2.1'), six])
    const never = withSenderClients(parseMasterCf(master), clients, { enforce: false, sixth: 'never' })
    expect(
      clientsOf(never).map(({ name, options }) => [name, options.some((option) => option.name === 'inet_protocols')]),
    ).toEqual([
      ['smtp', false],
      ['pollux-from-192-0-2-2', false],
      ['pollux-from-192-0-2-1', true],
      ['relay', false],
    ])
    expect(printMasterCf(withSenderClients(never, clients, free))).not.toContain('inet_protocols')
  })

  it('have names that a socket can have, and of their own however long they are', () => {
    const label = 'a'.repeat(50)
    const long = ['x', 'y', 'z'].map((last) => sender(`@${last}.org`, null, `${label}.${label}.${last}`))
    const names = senderClients(long).map(({ name }) => name)
    expect(new Set(names).size).toBe(3)
    for (const name of names) expect(`private/${name}`.length).toBeLessThan(80)
  })

  it('leave those of others alone', () => {
    const own = `${master}pollux-loopback unix - - y - - smtp\nfrom-b unix - - y - - smtp\n  -o smtp_bind_address=192.0.2.9\n`
    expect(printMasterCf(withSenderClients(parseMasterCf(own), [], free))).toBe(own)
  })

  it('cannot be without a client whose columns they have', () => {
    const clients = senderClients([sender('@b.org', '192.0.2.1')])
    expect(() => withSenderClients(parseMasterCf('pickup unix n - y 60 1 pickup\n'), clients, free)).toThrow(
      'smtp unix',
    )
  })
})

describe('the table of senders', () => {
  const senders = [
    sender('zoe@a.org', '192.0.2.1'),
    sender('@b.org', null, 'b.example'),
    sender('ada@a.org', '192.0.2.1'),
  ]
  const text = [
    '# Pollux: which sender leaves by which client of master.cf.',
    '@b.org\tpollux-from-b-example:',
    'ada@a.org\tpollux-from-192-0-2-1:',
    'zoe@a.org\tpollux-from-192-0-2-1:',
    '',
  ].join('\n')

  it('has a line for each, sorted', () => expect(sendersText(senderClients(senders))).toBe(text))
  it('is none where there are none', () => expect(sendersText([])).toBeNull())

  it('is read back with what the clients say', () => {
    const doc = withSenderClients(parseMasterCf(master), senderClients(senders), free)
    const read = sendersOf(doc, text)
    expect(read.toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1))).toEqual(
      senders.toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1)),
    )
    expect(sendersText(senderClients(read))).toBe(text)
  })

  it.each([
    ['of a client that is gone', 'a@a.org pollux-from-gone:\n'],
    ['of somebody else’s client', 'a@a.org smtp:\n'],
    ['with a next hop', 'a@a.org pollux-from-192-0-2-1:[192.0.2.9]\n'],
    ['that is a comment', '#a@a.org pollux-from-192-0-2-1:\n'],
    ['without a sender', 'a.org pollux-from-192-0-2-1:\n'],
  ])('has lines that are none of ours: %s', (_, line) => {
    const doc = withSenderClients(parseMasterCf(master), senderClients(senders), free)
    expect(sendersOf(doc, line)).toEqual([])
  })
})

describe('main.cf naming the table', () => {
  const path = '/etc/postfix/pollux-senders'
  const maps = (bytes: string, isNeeded: boolean) => {
    const after = withSendersTable(parseMainCf(bytes), path, isNeeded)
    return [findParameter(after, 'sender_dependent_default_transport_maps')?.value ?? null, printMainCf(after)]
  }
  const own = `texthash:${path}`

  it.each<[string, string, boolean, string | null]>([
    ['has it first', 'sender_dependent_default_transport_maps = hash:/a, hash:/b\n', true, `${own}, hash:/a, hash:/b`],
    ['has it alone', '', true, own],
    ['has it once', `sender_dependent_default_transport_maps = ${own}\n`, true, own],
    ['has it where it stands', `sender_dependent_default_transport_maps = hash:/a ${own}\n`, true, `hash:/a ${own}`],
    ['has it no more', `sender_dependent_default_transport_maps = ${own}\n`, false, null],
    ['keeps others', `sender_dependent_default_transport_maps = ${own}, hash:/a\n`, false, 'hash:/a'],
    ['never had it', 'a = b\n', false, null],
  ])('%s', (_, bytes, isNeeded, value) => expect(maps(bytes, isNeeded)[0]).toBe(value))

  it('is touched only where something changes', () => {
    const spaced = 'sender_dependent_default_transport_maps = hash:/a\n  hash:/b\n'
    expect(maps(spaced, false)[1]).toBe(spaced)
  })
})
