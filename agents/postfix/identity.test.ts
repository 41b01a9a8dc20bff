import { describe, expect, it } from 'vitest'
import { identityOf, isAnySource, isUsualName } from './identity'
import { mailFacts } from './testing/facts-with'

const client = (name: string, ...options: string[]) =>
  `${name} unix - - y - - smtp\n${options.map((option) => `  -o ${option}\n`).join('')}`
const from = (address: string) => `smtp_bind_address=${address}`
const read = (main: string, ...clients: string[]) => {
  const { facts, instance } = mailFacts(main, clients.join(''))
  const { scope, source4, source6, helo, enforce } = identityOf(facts, instance)
  return [scope, source4, source6, helo, enforce]
}
const [smtp, relay] = ['smtp', 'relay']

describe('how mail leaves now', () => {
  it.each<[string, string, string[], unknown[]]>([
    ['nobody says', '', [client(smtp), client(relay)], ['all', null, null, null, false]],
    [
      'main.cf says',
      'smtp_bind_address = 192.0.2.1\nsmtp_bind_address6 = 2001:DB8::9\nsmtp_helo_name = a.example\nsmtp_bind_address_enforce = yes\n',
      [client(smtp)],
      ['all', '192.0.2.1', '2001:db8::9', 'a.example', true],
    ],
    [
      'main.cf says by other parameters',
      'ip = 192.0.2.1\nsmtp_bind_address = $ip\nmydomain = b.example\nsmtp_helo_name = out.$mydomain\n',
      [client(smtp)],
      ['all', '192.0.2.1', null, 'out.b.example', false],
    ],
    [
      'main.cf says as much as nothing',
      'smtp_bind_address = 0.0.0.0\nsmtp_bind_address6 = ::\nsmtp_helo_name = $myhostname\n',
      [client(smtp)],
      ['all', null, null, null, false],
    ],
    ['from loopback, which is from nowhere', 'smtp_bind_address = 127.0.0.1\n', [], ['all', null, null, null, false]],
    [
      'smtp says otherwise than main.cf',
      'smtp_bind_address = 192.0.2.1\n',
      [client(smtp, from('192.0.2.2')), client(relay)],
      [['smtp/unix'], '192.0.2.2', null, null, false],
    ],
    [
      'smtp says, and relay the same',
      '',
      [client(smtp, from('192.0.2.2')), client('bulk', from('192.0.2.3')), client(relay, from('192.0.2.2'))],
      [['smtp/unix', 'relay/unix'], '192.0.2.2', null, null, false],
    ],
    [
      'relay alone says, whoever else does before it',
      '',
      [client('bulk', from('192.0.2.3')), client(smtp), client(relay, from('192.0.2.2'))],
      [['relay/unix'], '192.0.2.2', null, null, false],
    ],
    [
      'main.cf says, and relay otherwise',
      'smtp_helo_name = a.example\n',
      [client(smtp), client(relay, from('192.0.2.2'))],
      ['all', null, null, 'a.example', false],
    ],
    [
      'a client of the admin’s alone says',
      '',
      [client(smtp), client('bulk', from('192.0.2.3'), 'smtp_bind_address_enforce=yes')],
      [['bulk/unix'], '192.0.2.3', null, null, true],
    ],
    [
      'the last of two options says',
      '',
      [client(smtp, from('192.0.2.3'), from('192.0.2.4'))],
      [['smtp/unix'], '192.0.2.4', null, null, false],
    ],
    [
      'clients of Pollux are none of this',
      '',
      [client(smtp), client('pollux-from-a', from('192.0.2.3'))],
      ['all', null, null, null, false],
    ],
  ])('%s', (_, main, clients, expected) => expect(read(main, ...clients)).toEqual(expected))
})

it.each<[string | null, boolean]>([
  [null, true],
  ['', true],
  ['0.0.0.0', true],
  ['::', true],
  ['127.0.0.1', false],
  ['192.0.2.1', false],
])('a source of %j is any: %s', (value, is) => expect(isAnySource(value)).toBe(is))

it.each([
  ['$myhostname', true],
  [`\${myhostname}`, true],
  ['$(myhostname)', true],
  ['$mydomain', false],
  ['mail.$myhostname', false],
  ['myhostname', false],
])('the name %s is what Postfix says without it: %s', (value, is) => expect(isUsualName(value)).toBe(is))
