import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInNet, netmaskOf, parseAddress, prefixOfNetmask, printAddress } from './ip-address'
import { problemOfAddress } from './typed-address'

const read = (text: string) => {
  const address = parseAddress(text)
  return address ? printAddress(address) : null
}

describe('an address', () => {
  it('is read back from what was printed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(32), (host, prefix) => {
        const printed = read(`${host}/${prefix}`)
        expect(printed).not.toBeNull()
        expect(read(printed ?? '')).toBe(printed)
      }),
    )
  })

  it.each([
    ['2001:DB8:0:0:0:0:0:9/128', '2001:db8::9/128'],
    ['2001:db8:0:1:0:0:0:7', '2001:db8:0:1::7/128'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1/128'],
    ['1:0:0:2::3', '1:0:0:2::3/128'],
    ['::', '::/128'],
    ['1::', '1::/128'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201/128'],
    ['192.0.2.1', '192.0.2.1/32'],
  ])('%s is %s', (text, expected) => expect(read(text)).toBe(expected))

  it.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4/33',
    '1.2.3.4/032',
    '1.2.3.4/',
    '::/129',
    '1:::2',
    '1::2::3',
    'fe80::1%eth0',
    'eth0',
    '1.2.3.4;id',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3',
    '12345::',
    '1.2.3.4/24 ',
  ])('%j is none', (text) => expect(parseAddress(text)).toBeNull())

  it('knows masks and nets', () => {
    expect([netmaskOf(32), netmaskOf(23), netmaskOf(0)]).toEqual(['255.255.255.255', '255.255.254.0', '0.0.0.0'])
    expect([prefixOfNetmask('255.255.255.0'), prefixOfNetmask('255.0.255.0')]).toEqual([24, null])
    const [host, net, other] = ['192.0.2.9', '192.0.2.1/24', '198.51.100.1/24'].map(parseAddress)
    if (!host || !net || !other) throw new Error('expected addresses')
    expect([isInNet(host, net), isInNet(host, other)]).toEqual([true, false])
  })
})

describe('what is typed', () => {
  const problem = problemOfAddress

  it.each([' 192.0.2.10/32 ', '192.0.2.10', '192.0.2.10/24', '10.0.0.0/31', '2001:db8::1/64', '2001:db8::/127'])(
    '%j is taken',
    (text) => expect(problem(text)).toBeNull(),
  )

  it.each([
    ['', 'Type the address'],
    ['host', 'This is no IPv4 or IPv6 address'],
    ['192.0.2.010', 'octal'],
    ['192.0.2.1/255.255.255.255', 'not a mask'],
    ['192.0.2.1/40', 'at most /32'],
    ['2001:db8::1/129', 'at most /128'],
    ['fe80::1%eth0', '% sign'],
    ['192.0.2.0/24', 'the net itself'],
    ['192.0.2.255/24', 'broadcast address'],
    ['192.0.2.1/4', 'too short'],
    ['2001:db8::1/16', 'too short'],
    ['2001:db8::/64', 'all routers'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', '0.0.0.0/8'],
    ['127.0.0.2', 'loopback'],
    ['169.254.1.1', 'link-local'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['ff02::1', 'multicast'],
    ['fe80::1', 'link-local'],
    ['::ffff:192.0.2.1', 'clothes of IPv6'],
    ['192.0.2.1; touch /tmp/x', 'This is no'],
    ['1'.repeat(70), 'longer than any address'],
  ])('%j is refused: %s', (text, words) => expect(problem(text)).toContain(words))
})
