import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { DnsAsk } from '@/lib/agent'
import { takeLook } from '../take-look'
import { startDns, type Zone } from '../testing/dns-server'

let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
})

async function ask(zone: Zone, question: DnsAsk, timeoutMs?: number) {
  const dns = await startDns(zone)
  stop = dns.stop
  return { ...(await takeLook({ kind: 'dns', server: dns.server, ask: question }, { timeoutMs })), asked: dns.asked }
}

const address = '192.0.2.10'
const arpa = '10.2.0.192.in-addr.arpa'
const arpa6 = '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'

describe('the names of an address', () => {
  it.each<[string, Zone, string]>([
    ['one', { [arpa]: { PTR: ['Mail.Example.org'] } }, 'mail.example.org'],
    ['two', { [arpa]: { PTR: ['b.example.org', 'a.example.org'] } }, 'a.example.org, b.example.org'],
    ['no such name', {}, 'none'],
    ['no such record', { [arpa]: { TXT: ['x'] } }, 'none'],
  ])('%s', async (_title, zone, names) => {
    expect(await ask(zone, { kind: 'names-of', address })).toMatchObject({ learned: { names }, why: '' })
  })

  it('asks for IPv6 in its own tree', async () => {
    expect(
      await ask({ [arpa6]: { PTR: ['six.example.org'] } }, { kind: 'names-of', address: '2001:db8::1' }),
    ).toMatchObject({ learned: { names: 'six.example.org' } })
  })

  it('does not read /etc/hosts', async () => {
    expect(readFileSync('/etc/hosts', 'utf8')).toMatch(/^127\.0\.0\.1\s+\S*localhost/m)
    expect(await ask({}, { kind: 'names-of', address: '127.0.0.1' })).toMatchObject({
      learned: { names: 'none' },
      asked: ['PTR 1.0.0.127.in-addr.arpa'],
    })
    await stop?.()
    expect(await ask({}, { kind: 'addresses-of', name: 'localhost' })).toMatchObject({ learned: { addresses: 'none' } })
  })

  it.each<[string, Zone, RegExp]>([
    ['SERVFAIL', { [arpa]: { fails: 'SERVFAIL' } }, /SERVFAIL.*PTR of 10\.2\.0\.192\.in-addr\.arpa/],
    ['REFUSED', { [arpa]: { fails: 'REFUSED' } }, /REFUSED/],
    ['FORMERR', { [arpa]: { fails: 'FORMERR' } }, /FORMERR/],
    ['silence', { [arpa]: { fails: 'silent' } }, /does not answer/],
    ['rubbish', { [arpa]: { fails: 'rubbish' } }, /does not answer|no DNS answer/],
  ])('%s is no answer', async (_title, zone, why) => {
    expect(await ask(zone, { kind: 'names-of', address })).toMatchObject({
      learned: {},
      why: expect.stringMatching(why),
    })
  })

  it('nothing that listens, a look that is stopped, and what is no server are told', async () => {
    const dns = await startDns({ [arpa]: { fails: 'silent' } })
    const read = { kind: 'dns', server: dns.server, ask: { kind: 'names-of', address } } as const
    const late = await takeLook(read, { timeoutMs: 100 })
    expect(late).toMatchObject({ learned: {}, why: expect.stringContaining('no answer in time') })
    expect(await takeLook(read, { signal: AbortSignal.abort() })).toMatchObject({
      learned: {},
      why: expect.stringContaining('stopped'),
    })
    await dns.stop()
    expect((await takeLook(read)).why).toContain('nothing listens there')
    for (const server of [
      'dns.example.org',
      '192.0.2.1:0',
      '192.0.2.1:99999',
      '[192.0.2.1',
      '169.254.169.254',
      'fe80::1',
      'fd00:ec2::254',
    ])
      expect(await takeLook({ ...read, server })).toMatchObject({
        learned: {},
        why: expect.stringContaining('DNS server'),
      })
  })
})

describe('a name that leads back', () => {
  it.each<[string, Zone, string]>([
    ['yes', { [arpa]: { PTR: ['a.example.org'] }, 'a.example.org': { A: [address] } }, 'yes'],
    [
      'the second of two',
      { [arpa]: { PTR: ['a.example.org', 'b.example.org'] }, 'b.example.org': { A: ['192.0.2.9', address] } },
      'yes',
    ],
    ['no name', {}, '192.0.2.10 has no name'],
    [
      'another address',
      { [arpa]: { PTR: ['a.example.org'] }, 'a.example.org': { A: ['192.0.2.9'] } },
      'a.example.org leads to 192.0.2.9',
    ],
    ['no address', { [arpa]: { PTR: ['a.example.org'] } }, 'a.example.org leads to no such address'],
  ])('%s', async (_title, zone, confirmed) => {
    expect(await ask(zone, { kind: 'confirmed', address })).toMatchObject({ learned: { confirmed }, why: '' })
  })

  it('compares IPv6 in one form', async () => {
    const zone: Zone = { [arpa6]: { PTR: ['six.example.org'] }, 'six.example.org': { AAAA: ['2001:db8:0:0:0::1'] } }
    expect(await ask(zone, { kind: 'confirmed', address: '2001:0DB8::0001' })).toMatchObject({
      learned: { confirmed: 'yes' },
    })
  })

  it('is not known while one name could not be asked, unless another leads back', async () => {
    const names = { [arpa]: { PTR: ['a.example.org', 'b.example.org'] } }
    const zone: Zone = { ...names, 'a.example.org': { fails: 'SERVFAIL' }, 'b.example.org': { A: ['192.0.2.9'] } }
    expect(await ask(zone, { kind: 'confirmed', address })).toMatchObject({
      learned: {},
      why: expect.stringContaining('A of a.example.org'),
    })
    await stop?.()
    expect(await ask({ ...zone, 'b.example.org': { A: [address] } }, { kind: 'confirmed', address })).toMatchObject({
      learned: { confirmed: 'yes' },
    })
  })
})

describe('the addresses of a name', () => {
  it('are those of both families', async () => {
    const zone: Zone = { 'a.example.org': { A: ['192.0.2.10', '192.0.2.1'], AAAA: ['2001:db8::1'] } }
    expect(await ask(zone, { kind: 'addresses-of', name: 'a.example.org' })).toMatchObject({
      learned: { addresses: '192.0.2.1, 192.0.2.10, 2001:db8::1' },
    })
  })

  it('are not known when one family was not answered', async () => {
    const zone: Zone = { 'a.example.org': { A: ['192.0.2.1'], fails: { AAAA: 'SERVFAIL' } } }
    expect(await ask(zone, { kind: 'addresses-of', name: 'a.example.org' })).toMatchObject({
      learned: {},
      why: expect.stringContaining('AAAA of a.example.org'),
    })
  })
})

describe('where mail goes', () => {
  const domain = 'example.org'
  it.each<[string, Zone, string, string]>([
    [
      'by preference',
      {
        [domain]: {
          MX: [
            [20, 'b.example.org'],
            [10, 'a.example.org'],
          ],
        },
        'a.example.org': { A: ['192.0.2.1'], AAAA: ['2001:db8::1'] },
        'b.example.org': { A: ['192.0.2.2'] },
      },
      'a.example.org, b.example.org',
      '192.0.2.1, 2001:db8::1, 192.0.2.2',
    ],
    [
      'an address and an alias for a name, and a name without an address',
      {
        [domain]: {
          MX: [
            [1, '192.0.2.7'],
            [2, 'x.example.org'],
            [3, 'nowhere.example.org'],
          ],
        },
        'x.example.org': { CNAME: ['y.example.org'], A: [] },
      },
      '192.0.2.7 (an address, where a name must stand), x.example.org (an alias of y.example.org), nowhere.example.org (has no address)',
      'none',
    ],
    ['null MX', { [domain]: { MX: [[0, '.']] } }, 'none (null MX: the domain takes no mail)', 'none'],
    [
      'no MX, its own address',
      { [domain]: { A: ['192.0.2.1'] } },
      'example.org (no MX: its own address counts)',
      '192.0.2.1',
    ],
    ['no MX, no address', { [domain]: { TXT: ['x'] } }, 'none', 'none'],
    ['no such domain', {}, 'none (no such domain)', 'none'],
  ])('%s', async (_title, zone, hosts, addresses) => {
    expect(await ask(zone, { kind: 'mail-hosts', domain })).toMatchObject({ learned: { hosts, addresses }, why: '' })
  })

  it('tells the hosts where an address could not be asked', async () => {
    const zone: Zone = { [domain]: { MX: [[1, 'a.example.org']] }, 'a.example.org': { fails: 'REFUSED' } }
    const seen = await ask(zone, { kind: 'mail-hosts', domain })
    expect([seen.learned, seen.why]).toEqual([{ hosts: 'a.example.org' }, expect.stringContaining('REFUSED')])
  })
})
