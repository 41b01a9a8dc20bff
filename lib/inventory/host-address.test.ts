import { describe, expect, it } from 'vitest'
import { readAddress, withPort } from './host-address'

const good: Record<string, [address: string, family: string]> = {
  '10.77.0.11': ['10.77.0.11', 'ipv4'],
  ' 192.0.2.1 ': ['192.0.2.1', 'ipv4'],
  '127.0.0.1': ['127.0.0.1', 'ipv4'],
  '2001:DB8:0:0::1': ['2001:db8::1', 'ipv6'],
  '[2001:db8::1]': ['2001:db8::1', 'ipv6'],
  '::1': ['::1', 'ipv6'],
  'fe80::1%eth0': ['fe80::1%eth0', 'ipv6'],
  'Umber.Example.ORG.': ['umber.example.org', 'name'],
  nas: ['nas', 'name'],
  '3com.example': ['3com.example', 'name'],
  'xn--bro-hoa.example': ['xn--bro-hoa.example', 'name'],
}

const bad: Record<string, string> = {
  '': 'Type an IP address or a name.',
  '   ': 'Type an IP address or a name.',
  '87.98.146.300': 'The last part is 300; it goes up to 255.',
  '300.1.1.1': 'The first part is 300; it goes up to 255.',
  '10.0.0': 'An IPv4 address has four parts; this has 3.',
  '10..0.1': 'The second part is empty.',
  '10.0.0.010': 'The last part begins with 0. Write it without.',
  '0.0.0.0': '0.0.0.0 stands for no host. Type the address at which it answers.',
  '224.0.0.1': '224.0.0.1 is a multicast group, not one host.',
  '255.255.255.255': '255.255.255.255 is the broadcast address, not one host.',
  '250.0.0.1': '250.0.0.1 is in a reserved range (240 to 255), where no host can be.',
  '10.0.0.0/24': 'This has a slash in it. Type the address of one host, not of a network or a page.',
  '10.0.0.1:22': 'The port has its own field. Type only the part before the last colon.',
  '[::1]:22': 'The port has its own field. Type only the part before the last colon.',
  'a b': 'An address has no spaces in it.',
  'ssh://umber.example:22/': 'This is a URL. Type only the host in it: umber.example.',
  'root@umber': 'The login has its own field. Type only what stands behind the @.',
  '::': ':: stands for no host. Type the address at which it answers.',
  'ff02::1': 'ff02::1 is a multicast group, not one host.',
  'fe80::1': 'A link-local address needs the interface that leads to it: fe80::1%eth0.',
  '::ffff:10.0.0.1': 'This is an IPv4 address in IPv6 clothes. Type it as IPv4.',
  '1:2:3': 'This is not an IPv6 address: eight groups of up to four of 0-9 and a-f, with :: once at most.',
  'fe80::1%a%b': 'This is not an IPv6 address: eight groups of up to four of 0-9 and a-f, with :: once at most.',
  'fe80::1%$(x)': 'Behind the % stands the name of an interface, such as eth0.',
  'a..b': 'Between two dots stands nothing.',
  '-oProxyCommand=x': 'A name is made of letters, digits, - and dots; this has “=”.',
  '-umber': 'No part of a name begins or ends with -.',
  my_nas: 'A name is made of letters, digits, - and dots; this has “_”.',
  'umber.12': 'The last part of a name is not a number. Is it an IP address with a slip?',
  'büro.example': 'A name in DNS is ASCII. Type xn--bro-hoa.example.',
  [`${'a'.repeat(64)}.example`]: 'Each part of a name has at most 63 characters; one has 64.',
  [`${'a.'.repeat(130)}example`]: 'A name has at most 253 characters; this has 267.',
}

describe('readAddress', () => {
  it.each(Object.entries(good))('takes %j', (typed, [address, family]) => {
    expect(readAddress(typed)).toEqual({ ok: true, address, family })
  })

  it.each(Object.entries(good))('says the same of what it made of %j', (_typed, [address, family]) => {
    expect(readAddress(address)).toEqual({ ok: true, address, family })
  })

  it.each(Object.entries(bad))('refuses %j', (typed, problem) => {
    expect(readAddress(typed)).toEqual({ ok: false, problem })
  })
})

it('puts IPv6 in brackets before a port', () => {
  expect(withPort('::1', 22)).toBe('[::1]:22')
  expect(withPort('umber', 2222)).toBe('umber:2222')
})
