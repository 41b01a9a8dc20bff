import { describe, expect, it } from 'vitest'
import { destinationsOf } from './destinations'
import { mailFacts } from './testing/facts-with'

const found = (main: string, master = 'smtp unix - - y - - smtp\n') => {
  const { facts, instance } = mailFacts(main, master)
  return destinationsOf(facts, instance).map(({ where, client, nexthop, isLoopback }) => [
    where,
    client,
    nexthop,
    isLoopback,
  ])
}

describe('where mail is handed to', () => {
  it.each<[string, unknown[]]>([
    [
      'content_filter = smtp-amavis:[127.0.0.1]:10024',
      ['content_filter in main.cf', 'smtp-amavis', '[127.0.0.1]:10024', true],
    ],
    ['content_filter = scan:localhost:10025', ['content_filter in main.cf', 'scan', 'localhost:10025', true]],
    [
      'content_filter = lmtp-amavis:inet:[::1]:10024',
      ['content_filter in main.cf', 'lmtp-amavis', 'inet:[::1]:10024', true],
    ],
    ['content_filter = smtp:[192.0.2.9]:25', ['content_filter in main.cf', 'smtp', '[192.0.2.9]:25', false]],
    [
      'content_filter = smtp:filter.127.example.org',
      ['content_filter in main.cf', 'smtp', 'filter.127.example.org', false],
    ],
    ['content_filter = smtp:[IPv6:::1]:10025', ['content_filter in main.cf', 'smtp', '[IPv6:::1]:10025', true]],
    ['content_filter = smtp:127.0.0.1', ['content_filter in main.cf', 'smtp', '127.0.0.1', true]],
    [
      'content_filter = smtp:localhost.example.org:25',
      ['content_filter in main.cf', 'smtp', 'localhost.example.org:25', false],
    ],
    ['content_filter = smtp:127.example.org', ['content_filter in main.cf', 'smtp', '127.example.org', false]],
    ['relayhost = [relay.example.net]:587', ['relayhost', 'smtp', '[relay.example.net]:587', false]],
    ['relayhost = 127.0.0.1:10026', ['relayhost', 'smtp', '127.0.0.1:10026', true]],
    ['relayhost = a.example\ndefault_transport = out', ['relayhost', 'out', 'a.example', false]],
    ['default_transport = smtp:[192.0.2.9]', ['default_transport', 'smtp', '[192.0.2.9]', false]],
    ['relay_transport = lmtp:unix:/run/lmtp', ['relay_transport', 'lmtp', 'unix:/run/lmtp', false]],
  ])('by %s', (main, expected) => expect(found(`${main}\n`)).toEqual([expected]))

  it.each([
    '',
    'content_filter =',
    'content_filter = scan',
    'content_filter = scan:',
    'relayhost =',
    'transport_maps = hash:/x',
  ])('is nowhere by %j', (main) => expect(found(`${main}\n`)).toEqual([]))

  it('is told by services too, each by the last of its options', () => {
    const master = [
      'smtp inet n - y - - smtpd',
      '  -o content_filter=other: -o content_filter=scan:127.0.0.1:10025',
      '127.0.0.1:10026 inet n - n - - smtpd',
      '  -o content_filter=',
      '',
    ].join('\n')
    expect(found('', master)).toEqual([['content_filter of smtp', 'scan', '127.0.0.1:10025', true]])
  })
})
