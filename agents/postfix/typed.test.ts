import { describe, expect, it } from 'vitest'
import { isLoopback, problemOfHelo, problemOfMailbox, problemOfPattern, problemOfPlainAddress } from './typed'

describe('an address to listen on', () => {
  it.each(['203.0.113.9', ' 2001:db8::9 ', '127.0.0.1', '127.8.8.8', '::1', '10.0.0.1', '2001:DB8::9'])(
    'can be %s',
    (text) => expect(problemOfPlainAddress(text)).toBeNull(),
  )

  it.each([
    ['203.0.113.9/32', 'Leave out the prefix'],
    ['127.0.0.1/8', 'Leave out the prefix'],
    ['', 'Type the address'],
    ['mail.example.org', 'no IPv4 or IPv6 address'],
    ['203.0.113', 'no IPv4 or IPv6 address'],
    ['203.0.113.09', 'leading zeros'],
    ['fe80::1%eth0', '% sign'],
    ['fe80::1', 'link-local'],
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['[2001:db8::9]', 'no IPv4 or IPv6 address'],
  ])('cannot be %j: %s', (text, words) => expect(problemOfPlainAddress(text)).toContain(words))

  it.each([
    ['127.0.0.1', true],
    ['127.255.0.3', true],
    ['::1', true],
    ['128.0.0.1', false],
    ['::2', false],
    ['1.127.0.0', false],
  ])('%s never leaves its host: %s', (host, is) => expect(isLoopback(host)).toBe(is))
})

describe('a name for HELO', () => {
  const label = 'a'.repeat(63)
  it.each(['mail.example.org', ' MAIL.Example.ORG ', 'a.b', 'xn--bcher-kva.example', '1.2.example', `${label}.org`])(
    'can be %s',
    (text) => expect(problemOfHelo(text)).toBeNull(),
  )

  it.each([
    ['', 'Type a host name'],
    ['203.0.113.9', 'This is an address'],
    ['2001:db8::9', 'This is an address'],
    ['[203.0.113.9]', 'This is an address'],
    ['mail_1.example.org', 'underscore'],
    ['mail example.org', 'letters, digits, hyphens and dots only'],
    ['$myhostname', 'letters, digits, hyphens and dots only'],
    ['mail.example.org\n-o x', 'letters, digits, hyphens and dots only'],
    ['bücher.example', 'letters, digits, hyphens and dots only'],
    ['mail.example.org.', 'dot at the end'],
    ['mail', 'full name with its domain'],
    ['mail..org', 'between the dots'],
    ['-mail.example.org', 'between the dots'],
    ['mail-.example.org', 'between the dots'],
    [`${label}a.org`, 'between the dots'],
    [`${`${label}.`.repeat(4)}org`, 'at most 253'],
    ['1.2.3', 'not a number'],
  ])('cannot be %j: %s', (text, words) => expect(problemOfHelo(text)).toContain(words))
})

describe('a mailbox, and a sender', () => {
  it.each(['postmaster@example.org', "o'hara+x@mail.example.org", ' a@b.c '])('can be %s', (text) => {
    expect([problemOfMailbox(text), problemOfPattern(text)]).toEqual([null, null])
  })
  it('is no comment as a sender', () => {
    expect([problemOfMailbox('#a@example.org'), problemOfPattern('#a@example.org')]).toEqual([
      null,
      expect.stringContaining('Expected a sender'),
    ])
  })
  it('is a whole domain only as a sender', () => {
    expect(problemOfPattern('@example.org')).toBeNull()
    expect(problemOfMailbox('@example.org')).toContain('Expected an address')
  })

  it.each([
    ['', 'Expected an address'],
    ['postmaster', 'Expected an address'],
    ['a@b@c.org', 'Expected an address'],
    ['a b@example.org', 'Expected an address'],
    ['-f@example.org', 'signs that Pollux does not send to'],
    ['"a"@example.org', 'signs that Pollux does not send to'],
    ['a@example', 'no domain'],
    ['a@[192.0.2.1]', 'no domain'],
    [`${'a'.repeat(65)}@example.org`, 'Expected an address'],
    ['a@example.org\nb@example.org', 'Expected an address'],
  ])('cannot be %j: %s', (text, words) => {
    expect(problemOfMailbox(text)).toContain(words)
    expect(problemOfPattern(text)).toContain('Expected a sender')
  })
})
