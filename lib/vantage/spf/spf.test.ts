import { describe, expect, it } from 'vitest'
import { parseAddress } from '@/lib/agent/ip-address'
import { takeLook } from '../take-look'
import { startDns, type Zone } from '../testing/dns-server'
import { expandMacros } from './expand-macros'
import { parseRecord } from './record'

const domain = 'example.org'

function ipOf(text: string) {
  const ip = parseAddress(text)
  if (ip === null) throw new Error(`expected an address, got ${text}`)
  return ip
}

async function maySend(zone: Zone, address = '192.0.2.10', helo = 'mail.example.org') {
  const dns = await startDns(zone)
  try {
    return await takeLook({ kind: 'dns', server: dns.server, ask: { kind: 'may-send', domain, address, helo } })
  } finally {
    await dns.stop()
  }
}

const record = (text: string, more: Zone = {}): Zone => ({ [domain]: { TXT: ['unrelated', text] }, ...more })
const include = (name: string, text: string): Zone => ({ [name]: { TXT: [text] } })
const chain = (count: number): Zone =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      at === 0 ? domain : `i${at}.example.org`,
      { TXT: [`v=spf1 ${at + 1 < count ? `include:i${at + 1}.example.org` : 'ip4:192.0.2.10'} -all`] },
    ]),
  )

describe('check_host()', () => {
  it.each<[string, string, Zone, string?]>([
    // What there is.
    ['no such domain', 'none', {}],
    ['no TXT record', 'none', { [domain]: { A: ['192.0.2.1'] } }],
    ['another version', 'none', record('v=spf10 +all')],
    [
      'a record in two strings, joined without a space',
      'pass',
      { [domain]: { TXT: [['v=spf1 ip4:192.0.', '2.10 -all']] } },
    ],
    ['a record that takes TCP', 'pass', { [domain]: { TXT: ['v=spf1 +all'], isLong: true } }],
    ['two records', 'permerror', { [domain]: { TXT: ['v=spf1 +all', 'v=spf1 -all'] } }],
    ['an empty record', 'neutral', record('v=spf1')],
    // Mechanisms and qualifiers.
    ['all', 'pass', record('v=spf1 all')],
    ['-all', 'fail', record('v=spf1 -all')],
    ['~all', 'softfail', record('V=SPF1 ~ALL')],
    ['?all', 'neutral', record('v=spf1 ?all')],
    ['ip4 with a prefix', 'pass', record('v=spf1 ip4:192.0.2.0/28 -all')],
    ['ip4 of another net', 'fail', record('v=spf1 ip4:192.0.2.16/28 -all')],
    ['ip4 for IPv6', 'fail', record('v=spf1 ip4:0.0.0.0/0 -all'), '2001:db8::1'],
    ['ip6', 'pass', record('v=spf1 ip6:2001:DB8:0::/64 -all'), '2001:db8::1'],
    ['an IPv4 address in the clothes of IPv6', 'pass', record('v=spf1 ip4:192.0.2.10 -all'), '::ffff:192.0.2.10'],
    ['a', 'pass', { [domain]: { TXT: ['v=spf1 a -all'], A: ['192.0.2.9', '192.0.2.10'] } }],
    ['a, IPv6', 'pass', { [domain]: { TXT: ['v=spf1 a -all'], AAAA: ['2001:db8::1'] } }, '2001:db8::1'],
    ['a with a prefix', 'pass', record('v=spf1 a:m.example.org/24 -all', { 'm.example.org': { A: ['192.0.2.77'] } })],
    [
      'a with a prefix for IPv6',
      'fail',
      record('v=spf1 a:m.example.org/24//127 -all', { 'm.example.org': { AAAA: ['2001:db8::2'] } }),
      '2001:db8::1',
    ],
    [
      'mx',
      'pass',
      { [domain]: { TXT: ['v=spf1 mx -all'], MX: [[1, 'm.example.org']] }, 'm.example.org': { A: ['192.0.2.10'] } },
    ],
    ['mx, null', 'fail', { [domain]: { TXT: ['v=spf1 mx -all'], MX: [[0, '.']] } }],
    [
      'mx with eleven hosts',
      'permerror',
      { [domain]: { TXT: ['v=spf1 mx -all'], MX: Array.from({ length: 11 }, (_, at) => [at, `m${at}.example.org`]) } },
    ],
    [
      'include that passes',
      'pass',
      record('v=spf1 include:o.example.net -all', include('o.example.net', 'v=spf1 +all')),
    ],
    [
      'include that fails',
      'softfail',
      record('v=spf1 include:o.example.net ~all', include('o.example.net', 'v=spf1 -all')),
    ],
    ['-include', 'fail', record('v=spf1 -include:o.example.net +all', include('o.example.net', 'v=spf1 +all'))],
    ['include of nothing', 'permerror', record('v=spf1 include:o.example.net +all')],
    [
      'include of a wrong record',
      'permerror',
      record('v=spf1 include:o.example.net +all', include('o.example.net', 'v=spf1 x')),
    ],
    ['redirect', 'fail', record('v=spf1 redirect=o.example.net', include('o.example.net', 'v=spf1 -all'))],
    ['redirect that all makes void', 'softfail', record('v=spf1 redirect=o.example.net ~all')],
    ['redirect to nothing', 'permerror', record('v=spf1 redirect=o.example.net')],
    [
      'exists',
      'pass',
      record('v=spf1 exists:%{i}._spf.%{d} -all', { '192.0.2.10._spf.example.org': { A: ['127.0.0.2'] } }),
    ],
    [
      'exists, IPv6 by nibbles',
      'pass',
      record('v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all', {
        '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.org': { A: ['127.0.0.2'] },
      }),
      '2001:db8::1',
    ],
    [
      'exists by sender and helo',
      'pass',
      record('v=spf1 exists:%{l}.%{o}.%{h1r}.%{L}._spf.example.org -all', {
        'postmaster.example.org.mail.postmaster._spf.example.org': { A: ['127.0.0.2'] },
      }),
    ],
    [
      'ptr',
      'pass',
      record('v=spf1 ptr -all', {
        '10.2.0.192.in-addr.arpa': { PTR: ['m.example.org'] },
        'm.example.org': { A: ['192.0.2.10'] },
      }),
    ],
    [
      'ptr that does not lead back',
      'fail',
      record('v=spf1 ptr -all', {
        '10.2.0.192.in-addr.arpa': { PTR: ['m.example.org'] },
        'm.example.org': { A: ['192.0.2.9'] },
      }),
    ],
    [
      'ptr that nobody answers',
      'fail',
      record('v=spf1 ptr -all', { '10.2.0.192.in-addr.arpa': { fails: 'SERVFAIL' } }),
    ],
    [
      '%{p}',
      'pass',
      record('v=spf1 exists:%{p}.x.example.org -all', {
        '10.2.0.192.in-addr.arpa': { PTR: ['other.example.net', 'm.example.org'] },
        'other.example.net': { A: ['192.0.2.10'] },
        'm.example.org': { A: ['192.0.2.10'] },
        'm.example.org.x.example.org': { A: ['127.0.0.2'] },
      }),
    ],
    ['an unknown modifier', 'pass', record('v=spf1 mood=good exp=why.example.org +all')],
    // Limits.
    ['ten look-ups', 'pass', chain(11)],
    ['eleven look-ups', 'permerror', chain(12)],
    ['a circle', 'permerror', record(`v=spf1 include:${domain} -all`)],
    ['a circle of redirects', 'permerror', record(`v=spf1 redirect=${domain}`)],
    ['two void look-ups', 'pass', record('v=spf1 a:n1.example.org a:n2.example.org +all')],
    ['three void look-ups', 'permerror', record('v=spf1 a:n1.example.org a:n2.example.org exists:n3.example.org +all')],
    // A wrong term spoils all, also where it is not reached.
    ['a wrong term behind all', 'permerror', record('v=spf1 +all ip4:192.0.2')],
  ])('%s: %s', async (_title, result, zone, address) => {
    expect(await maySend(zone, address)).toMatchObject({ learned: { result }, why: '' })
  })

  it.each<[string, Zone]>([
    ['the record', { [domain]: { fails: 'SERVFAIL' } }],
    ['an include', record('v=spf1 include:o.example.net -all', { 'o.example.net': { fails: 'SERVFAIL' } })],
    ['an address', { [domain]: { TXT: ['v=spf1 a -all'], fails: { A: 'REFUSED' } } }],
    ['a name with characters that the resolver does not ask for', record('v=spf1 exists:%{s}.example.org -all')],
  ])('a temperror at %s is not known', async (_title, zone) => {
    const seen = await maySend(zone)
    expect([seen.learned, seen.why]).toEqual([{}, expect.stringMatching(/SERVFAIL|REFUSED|characters/)])
  })

  it('shows the record and the reason, and nothing of a record that is none', async () => {
    expect((await maySend(record('v=spf1 ip4:192.0.2.10 -all'))).learned).toEqual({
      result: 'pass',
      record: 'v=spf1 ip4:192.0.2.10 -all',
      reason: 'ip4:192.0.2.10 of example.org decides',
    })
    expect((await maySend({})).learned).toMatchObject({ record: 'none', reason: 'example.org has no SPF record' })
    const long: Zone = { [domain]: { TXT: [['v=spf1 ', 'x'.repeat(250), 'y'.repeat(250), 'z'.repeat(250)]] } }
    expect((await maySend(long)).learned['record']).toHaveLength(500)
    expect((await maySend(chain(12))).learned['reason']).toBe('it takes more than 10 DNS look-ups')
  })
})

describe('macros', () => {
  const values = {
    ip: ipOf('192.0.2.3'),
    sender: 'strong-bad@email.example.com',
    helo: 'mx.example.com',
    domain: 'email.example.com',
    validatedName: async () => 'mx.example.org',
  }
  // The examples of RFC 7208, 7.4, and what they leave out.
  it.each([
    ['%{s}', 'strong-bad@email.example.com'],
    ['%{o}', 'email.example.com'],
    ['%{d4}', 'email.example.com'],
    ['%{d2}', 'example.com'],
    ['%{d1}', 'com'],
    ['%{dr}', 'com.example.email'],
    ['%{d2r}', 'example.email'],
    ['%{l}', 'strong-bad'],
    ['%{l-}', 'strong.bad'],
    ['%{lr}', 'strong-bad'],
    ['%{lr-}', 'bad.strong'],
    ['%{l1r-}', 'strong'],
    ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
    ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
    ['%{p}.%{h}', 'mx.example.org.mx.example.com'],
    ['%{S}', 'strong-bad%40email.example.com'],
    ['a%%b%_c%-d', 'a%b c%20d'],
    [`${'x.'.repeat(130)}example.com`, `${'x.'.repeat(121)}example.com`],
  ])('%s is %s', async (spec, expanded) => {
    expect(await expandMacros(spec, values)).toBe(expanded)
  })
})

describe('a record', () => {
  it.each([
    'ip4:192.0.2.1/33',
    'ip4:192.0.02.1',
    'ip4',
    'ip4:',
    'ip6:192.0.2.1',
    'ip6:2001:db8::/129',
    'a/33',
    'a//129',
    'a/032',
    'a:',
    'a:museum',
    'a:example.org/abc',
    'all:example.org',
    'all/8',
    'include',
    'include:',
    'exists',
    'include:%{x}.org',
    'include:%{d0}.org',
    'include:%(d).org',
    'include:%',
    'exists:%{c}.example.org',
    'ptr/8',
    '+',
    '++all',
    '=x',
    'redirect=',
    'redirect=museum',
    'mx:exämple.org',
    'a.example.org',
    'all\tx',
    'redirect=a.org redirect=b.org',
    'exp=a.org exp=b.org',
    'mood=100%',
  ])('is not valid with %s', (term) => {
    expect(parseRecord(`v=spf1 ${term} -all`)).toHaveProperty('problem')
  })

  it.each([
    'ip4:192.0.2.1/0',
    'IP6:2001:db8::1',
    'a:example.org//64',
    'mx/24//64',
    'a:%{d}',
    'include:_spf.%{d2r-}.example.org',
    'exists:%{L}_%{i}%%%_%-.example.org.',
    'ptr:example.org',
    '  ',
    'redirect=%{o}',
    'x-y.z_1=',
    'a:foo-bar.co-m',
  ])('is valid with %s', (term) => {
    expect(parseRecord(`v=spf1 ${term} -all`)).not.toHaveProperty('problem')
  })
})
