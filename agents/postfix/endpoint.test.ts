import { expect, it } from 'vitest'
import { isBareIpv6, socketOf, splitEndpoint } from './endpoint'

// Each was compared with what host_port() of Postfix 3.7 makes of it.
it.each([
  ['smtp', null, 'smtp'],
  [':smtp', null, 'smtp'],
  ['25', null, '25'],
  ['203.0.113.48:smtp', '203.0.113.48', 'smtp'],
  ['010.1.1.1:25', '010.1.1.1', '25'],
  ['[203.0.113.48]:25', '203.0.113.48', '25'],
  ['localhost:10025', 'localhost', '10025'],
  ['[::1]:smtp', '::1', 'smtp'],
  ['[IPv6:::1]:25', '::1', '25'],
  ['::1:smtp', '::1', 'smtp'],
  ['2001:db8::5:25', '2001:db8::5', '25'],
  ['1:2:3:4:5:6:7:8:25', '1:2:3:4:5:6:7:8', '25'],
])('%s listens there', (name, host, port) => {
  expect(splitEndpoint(name)).toEqual({ ok: true, host, port })
})

it.each([
  ['[::1]', 'names no port'],
  ['[::1]:', 'names no port'],
  ['localhost:', 'names no port'],
  ['[::1', 'has no "]"'],
  ['[::1]25', 'has no "]"'],
  ['[]:25', '"" is neither'],
  ['2001:db8::25', '"2001:db8:" is neither'],
  ['::1', '":" is neither'],
  ['1.2.3:25', '"1.2.3" is neither'],
  ['-a:25', '"-a" is neither'],
  ['[ipv6:192.0.2.1]:25', 'is neither'],
  ['fe80::1%eth0:25', 'is neither'],
  ['localhost:25x', 'neither a number nor a name'],
])('%s cannot be: %s', (name, why) => {
  expect(splitEndpoint(name)).toMatchObject({ ok: false, why: expect.stringContaining(why) })
})

it('knows what a person may read otherwise', () => {
  expect(['2001:db8::5:25', '[::1]:25', '127.0.0.1:25', 'smtp'].map(isBareIpv6)).toEqual([true, false, false, false])
})

it('gives one socket one name', () => {
  const sockets = ['smtp', '25', '[0:0::1]:smtp', '::1:025', '192.0.2.1:25', 'localhost:10025', 'uucp'].map((name) => {
    const endpoint = splitEndpoint(name)
    return endpoint.ok ? socketOf(endpoint) : endpoint.why
  })
  expect(sockets).toEqual(['25', '25', '[::1]:25', '[::1]:25', '[192.0.2.1]:25', '[localhost]:10025', 'uucp'])
})
