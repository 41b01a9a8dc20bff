import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInterfaces, printInterfaces, sourcesOf, stanzasOf } from '@/lib/agent/interfaces'
import { parseAddress } from '@/lib/agent/ip-address'
import { appendBlock } from '@/lib/agent/marked-block'
import { blockName, isModern, removeAddress, stanzaText } from './ifupdown'
import { addressLine, dropInText, withoutAddress } from './networkd'

const line = fc.constantFrom(
  'auto eth0',
  'auto eth0 eth0:0',
  'allow-hotplug eth0:0',
  'iface eth0 inet static',
  'iface eth0:0 inet static',
  '\taddress 203.0.113.9',
  '  address 203.0.113.9/32',
  '  netmask 255.255.255.255 ',
  '  gateway 10.0.0.1',
  '  up echo "a b" \\',
  '# comment \\',
  '',
  '   ',
  'source /etc/network/interfaces.d/*',
  'mapping eth0',
  '\\',
)
const file = fc
  .array(fc.tuple(fc.oneof(line, fc.string()), fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 30 })
  .map((lines) => lines.map(([text, end]) => text + end).join(''))
const anyFile = fc.oneof(
  file,
  file.map((text) => text.replace(/\n$/, '')),
  fc.string(),
)
const nine = parseAddress('203.0.113.9/32')
if (!nine) throw new Error('expected an address')

describe('/etc/network/interfaces', () => {
  it('is printed as it was parsed, whatever stands in it', () => {
    fc.assert(
      fc.property(anyFile, (bytes) => {
        expect(printInterfaces(parseInterfaces(bytes))).toBe(bytes)
      }),
    )
  })

  it('is byte for byte as before once what was put behind it is taken out', () => {
    fc.assert(
      fc.property(anyFile, (bytes) => {
        const added = appendBlock(bytes, blockName(nine), stanzaText(nine, 'eth0:0', '0.8.41'))
        expect(added.startsWith(bytes)).toBe(true)
        expect(removeAddress(added, 'eth0', nine)).toEqual({ ok: true, bytes })
      }),
    )
  })

  it('keeps every other line when a stanza that somebody wrote goes', () => {
    const before = `auto lo eth0 eth0:0
iface eth0 inet static
  address 10.0.0.5/24
auto eth0:0

# the shop's address
iface eth0:0 inet static
  address 203.0.113.9
  # since 2009
  netmask 255.255.255.255

# end
iface eth0:00 inet static
  address 203.0.113.10/32
`
    expect(removeAddress(before, 'eth0', nine)).toEqual({
      ok: true,
      bytes: `auto lo eth0
iface eth0 inet static
  address 10.0.0.5/24

# the shop's address

# end
iface eth0:00 inet static
  address 203.0.113.10/32
`,
    })
  })

  it.each([
    ['up ip route add 10.9.0.0/16 via 10.0.0.9', 'also says "up"'],
    ['gateway 10.0.0.1', 'also says "gateway"'],
  ])('is left alone where the stanza says more: %s', (option, words) => {
    const bytes = `auto eth0:0\niface eth0:0 inet static\n  address 203.0.113.9\n  ${option}\n`
    expect(removeAddress(bytes, 'eth0', nine)).toMatchObject({ ok: false, why: expect.stringContaining(words) })
  })

  it('is left alone where the stanza is the only one of the device', () => {
    const bytes = 'auto eth0\niface eth0 inet static\n  address 203.0.113.9/24\n'
    expect(removeAddress(bytes, 'eth0', nine)).toMatchObject({ ok: false, why: expect.stringContaining('only one') })
  })

  it('tells stanzas and includes as ifupdown reads them', () => {
    const document = parseInterfaces(
      'source interfaces.d/*.cfg\n# iface eth9 inet dhcp \\\nauto eth0\niface eth0 inet \\\n  static\n  address 10.0.0.5/24\nsource-directory /etc/network/interfaces.d\n',
    )
    expect(stanzasOf(document)).toEqual([
      { name: 'eth0', family: 'inet', method: 'static', line: 4, options: [{ key: 'address', value: '10.0.0.5/24' }] },
    ])
    expect(sourcesOf(document).map(({ kind, pattern }) => `${kind} ${pattern}`)).toEqual([
      'source /etc/network/interfaces.d/*.cfg',
      'source-directory /etc/network/interfaces.d',
    ])
  })

  it('is written as its version understands it', () => {
    const six = parseAddress('2001:db8::9/128')
    if (!six) throw new Error('expected an address')
    expect([isModern('0.6.10'), isModern('0.7~rc1'), isModern('0.8.41'), isModern('1:1.0'), isModern(null)]).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect(stanzaText(nine, 'eth0:0', '0.6.10')).toBe(
      'auto eth0:0\niface eth0:0 inet static\n\taddress 203.0.113.9\n\tnetmask 255.255.255.255\n',
    )
    expect(stanzaText(six, 'eth0', '0.8.41')).toBe('iface eth0 inet6 static\n\taddress 2001:db8::9/128\n')
    expect(stanzaText(six, 'eth0', null)).toBe('iface eth0 inet6 static\n\taddress 2001:db8::9\n\tnetmask 128\n')
  })
})

describe('a .network file', () => {
  it('loses the address and nothing else', () => {
    const bytes = `[Match]
Name=eth0

[Network]
Address=10.0.0.5/24
Address = 203.0.113.9/32
#Address=203.0.113.9/32
`
    expect(addressLine(bytes, nine)).toBe(6)
    expect(withoutAddress(bytes, nine)).toBe(bytes.replace('Address = 203.0.113.9/32\n', ''))
  })

  it('loses a whole section of it', () => {
    const bytes = `[Network]
Gateway=10.0.0.1

[Address]
Label=eth0:0
Address=203.0.113.9/32

# what follows
[Route]
Address=203.0.113.9/32
`
    expect(withoutAddress(bytes, nine)).toBe(`[Network]
Gateway=10.0.0.1


# what follows
[Route]
Address=203.0.113.9/32
`)
    expect(addressLine(withoutAddress(bytes, nine), nine)).toBeNull()
  })

  it('has nothing but comments left when what Pollux wrote is taken out', () => {
    expect(withoutAddress(dropInText(nine, 'eth0:0'), nine)).toBe('# Pollux: failover IP\n')
  })
})
