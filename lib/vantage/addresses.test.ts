import { expect, it } from 'vitest'
import { canonicalIp, isLoopback, isOffLimits } from './addresses'

it.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  'fe80::1',
  'FE80::1%eth0',
  '::ffff:6464:64c8',
  'fd00:ec2::254',
])('%s is off limits, in whatever spelling', (address) => expect(isOffLimits(address)).toBe(true))

it.each(['127.0.0.1', '::ffff:127.0.0.1', '::1', '192.0.2.1', '2001:db8::1', 'mail.example.org'])(
  '%s is not',
  (address) => expect(isOffLimits(address)).toBe(false),
)

it('knows an IPv4 address in the clothes of IPv6', () => {
  expect(canonicalIp('::ffff:7f00:1')).toBe('127.0.0.1')
  expect(isLoopback('::ffff:7f00:1')).toBe(true)
  expect(canonicalIp('192.0.2.0/24')).toBeNull()
})
