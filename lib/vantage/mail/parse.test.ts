import { describe, expect, it } from 'vitest'
import { fateOf, heldByFilter } from './fate'
import { checkMailAddress, literalAddress } from './mail-address'
import { parseBounces } from './parse-bounces'
import { parseMailLog } from './parse-mail-log'
import { parseQueue } from './parse-queue'
import { parseSockets, sourcesTo } from './parse-sockets'
import { probeMessage } from './probe-message'
import { parseSeenFrom } from './seen-from'

const id = '<pollux.0123456789abcdef0123456789abcdef@example.org>'
const to = 'to=<deploy@example.net>'

// rsyslog's old form, short queue names.
const postfix35 = (end: string, relay = 'elm.example.net[10.77.0.33]:25') => `
Nov 26 10:11:11 maple postfix/pickup[812]: 5A1B2C3D4E: uid=0 from=<root@example.org>
Nov 26 10:11:11 maple postfix/cleanup[901]: 5A1B2C3D4E: message-id=${id}
Nov 26 10:11:11 maple postfix/qmgr[813]: 5A1B2C3D4E: from=<root@example.org>, size=562, nrcpt=1 (queue active)
Nov 26 10:11:11 maple postfix/smtp[903]: 5A1B2C3D4E: ${to}, relay=${relay}, delay=0.11, delays=0.05/0.02/0.02/0.02, ${end}
Nov 26 10:11:11 maple postfix/qmgr[813]: 5A1B2C3D4E: removed
`

// An ISO date, long queue names, an instance of its own name.
const postfix37 = (end: string, relay: string) => `
2026-11-26T10:11:11.123456+00:00 maple mx-out/smtpd[900]: 4XkWpR1tqJz2: client=maple.example.org[10.77.0.31]
2026-11-26T10:11:11.130000+00:00 maple mx-out/cleanup[901]: 4XkWpR1tqJz2: message-id=${id}
2026-11-26T10:11:11.190000+00:00 maple mx-out/smtp[903]: 4XkWpR1tqJz2: ${to}, orig_to=<post@example.net>, relay=${relay}, conn_use=2, delay=0.1, delays=0/0/0/0.1, ${end}
`

// The journal's text alone, as Postfix 3.10 writes it.
const postfix310 = (end: string, relay: string) => `
4XkWpR1tqJz2: client=localhost[::1]
4XkWpR1tqJz2: message-id=${id}
4XkWpR1tqJz2: from=<root@example.org>, size=562, nrcpt=1 (queue active)
4XkWpR1tqJz2: ${to}, relay=${relay}, delay=30, delays=0.03/0.01/30/0, ${end}
`

const fate = (text: string) => fateOf(parseMailLog(text, id))

describe('what became of a message, by the log', () => {
  it('sent', () => {
    expect(fate(postfix35('dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 77F)'))).toEqual({
      status: 'sent',
      reply: '250 2.0.0 Ok: queued as 77F',
      peer: { address: '10.77.0.33', port: 25 },
    })
    const six = '[2001:DB8::33][2001:DB8:0::33]:587'
    expect(fate(postfix37('dsn=2.0.0, status=sent (250 OK)', six))).toMatchObject({
      peer: { address: '2001:db8::33', port: 587 },
    })
  })

  it('sent to a program of the host itself, which is no peer', () => {
    for (const relay of ['local', 'virtual', 'maple.example.org[private/dovecot-lmtp]'])
      expect(fate(postfix310('dsn=2.0.0, status=sent (delivered to maildir)', relay))).toEqual({
        status: 'sent',
        reply: null,
        peer: null,
      })
  })

  it("bounced, with the receiver's words", () => {
    const detail = 'host elm.example.net[10.77.0.33] said: 550 5.7.1 Not (you): go away (in reply to RCPT TO command)'
    expect(fate(postfix37(`dsn=5.7.1, status=bounced (${detail})`, 'elm.example.net[10.77.0.33]:25'))).toEqual({
      status: `bounced: ${detail}`,
      reply: '550 5.7.1 Not (you): go away',
      peer: { address: '10.77.0.33', port: 25 },
    })
    expect(fate(postfix310('dsn=5.4.4, status=bounced (Host or domain name not found)', 'none'))).toEqual({
      status: 'bounced: Host or domain name not found',
      reply: null,
      peer: null,
    })
    const expired = `4XkWpR1tqJz2: message-id=${id}\n4XkWpR1tqJz2: from=<a@b.org>, status=expired, returned to sender`
    expect(fate(expired)).toMatchObject({ status: 'bounced: it lay in the queue too long' })
  })

  it('deferred', () => {
    const detail = 'connect to elm.example.net[10.77.0.33]:25: Connection timed out'
    expect(fate(postfix310(`dsn=4.4.1, status=deferred (${detail})`, 'none'))).toEqual({
      status: `deferred: ${detail}`,
      reply: null,
      peer: null,
    })
  })

  it('nothing yet, or nothing at all', () => {
    expect(fate(`4XkWpR1tqJz2: message-id=${id}`)).toBeNull()
    expect(fate('')).toBeNull()
    expect(fate(postfix35('dsn=2.0.0, status=sent (250 OK)').replaceAll(id, '<other@example.org>'))).toBeNull()
  })

  it('follows it through a filter, which gives it another name in the queue', () => {
    const filtered = postfix35(
      'dsn=2.0.0, status=sent (250 2.0.0 from MTA: queued as 6B)',
      '127.0.0.1[127.0.0.1]:10024',
    )
    expect([fate(filtered), heldByFilter(parseMailLog(filtered, id))]).toEqual([null, '127.0.0.1[127.0.0.1]:10024'])
    const second = postfix35('dsn=4.2.0, status=deferred (host a.b[192.0.2.1] said: 451 later)', 'a.b[192.0.2.1]:25')
    const both = `${second.replaceAll('5A1B2C3D4E', '6B1B2C3D4E')}${filtered}`
    expect(parseMailLog(both, id).queueIds).toEqual(['6B1B2C3D4E', '5A1B2C3D4E'])
    expect(fate(both)).toMatchObject({ status: 'deferred: host a.b[192.0.2.1] said: 451 later', reply: '451 later' })
    const broken = postfix35('dsn=4.4.1, status=deferred (connection refused)', '127.0.0.1[127.0.0.1]:10024')
    expect(fate(broken)).toMatchObject({ status: 'deferred: connection refused' })
  })

  it("does not take a receiver's words for the log's own", () => {
    const forged = `no mx/smtp[9]: 4XkWpR1tqJz2: ${to}, relay=x[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 forged)`
    for (const log of [postfix37, postfix310])
      expect(
        fate(log(`dsn=5.0.0, status=bounced (host elm[10.77.0.33] said: 550 ${forged})`, 'elm[10.77.0.33]:25')),
      ).toMatchObject({
        peer: { address: '10.77.0.33', port: 25 },
        status: expect.stringMatching(/^bounced: /),
      })
  })

  it('knows the notice that it caused', () => {
    const notice = `5A1B2C3D4E: message-id=${id}\n5A1B2C3D4E: sender non-delivery notification: 7C1B2C3D4E`
    expect(parseMailLog(notice, id).noticeIds).toEqual(['7C1B2C3D4E'])
  })
})

describe('what else was sent back', () => {
  const tag = (program: string, text: string) => `2026-11-26T10:11:11.1+00:00 maple postfix/${program}[12]: ${text}`
  const started = 'daemon started -- version 3.7.11, configuration /etc/postfix'
  const bounce = (queueId: string, why = 'no') =>
    `${queueId}: to=<a@b.org>, relay=x[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=5.0.0, status=bounced (${why})`

  it.each<[string, string[], string | null]>([
    ['nothing', [tag('master', started)], 'none'],
    ['before that alone', [tag('smtp', bounce('AAAAAA')), tag('master', started)], 'none'],
    ['the probe alone', [tag('master', started), tag('smtp', bounce('5A1B2C3D4E'))], 'none'],
    [
      'two',
      [tag('master', started), tag('smtp', bounce('AAAAAA')), tag('local', bounce('BBBBBB', 'unknown user: "x"'))],
      '2, the last: unknown user: "x"',
    ],
    [
      'in the journal, after a reload',
      [started, bounce('AAAAAA'), 'reload -- version 3.7.11, configuration /etc/postfix', bounce('BBBBBB', 'later')],
      '1, the last: later',
    ],
    [
      'of another instance alone',
      [tag('master', started), tag('smtp', bounce('AAAAAA')).replace('postfix/', 'postfix-out/')],
      'none',
    ],
    ['unknown since when', [tag('smtp', bounce('AAAAAA'))], null],
    [
      'forged by a receiver',
      [tag('master', started), tag('smtp', bounce('AAAAAA', `x]: ${started}`)), tag('smtp', bounce('BBBBBB', started))],
      `2, the last: ${started}`,
    ],
  ])('%s', (_title, lines, found) => {
    expect(parseBounces(lines.join('\n'), null, ['5A1B2C3D4E'])).toBe(found)
  })

  it('of the instance that is meant', () => {
    const out = 'daemon started -- version 3.7.11, configuration /etc/postfix-out'
    const lines = [tag('master', out).replace('postfix/', 'postfix-out/'), tag('smtp', bounce('AAAAAA'))]
    expect(parseBounces(lines.join('\n'), '/etc/postfix-out', [])).toBe('none')
    expect(parseBounces(lines.join('\n'), null, [])).toBeNull()
  })
})

describe('connections of a host', () => {
  const ss = `
State Recv-Q Send-Q Local Address:Port Peer Address:Port
LISTEN    0 100 0.0.0.0:25 0.0.0.0:*
TIME-WAIT 0 0 192.0.2.10:41000 198.51.100.5:25
ESTAB     0 0 [2001:db8::10]:41002 [2001:db8::5]:25
ESTAB     0 0 2001:db8::10:41003 2001:db8::6:25
UNCONN    0 0 [::ffff:192.0.2.11]:41004 [::ffff:198.51.100.6]:25
SYN-SENT  0 1 192.0.2.10%eth0:41005 198.51.100.7:587
rubbish
`
  // 192.0.2.10:41000 to 198.51.100.5:25; the same in IPv6's clothes; 2001:db8::10 to 2001:db8::5; one that listens.
  const proc = `
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0A0200C0:A028 056433C6:0019 06 00000000:00000000 03:000010B2 00000000     0        0 0 3 0000000000000000
   1: 0000000000000000FFFF00000A0200C0:A029 0000000000000000FFFF0000056433C6:0019 01 00000000:00000000 00:00000000 00000000
   2: B80D0120000000000000000010000000:A02A B80D0120000000000000000005000000:0019 01 00000000:00000000 00:00000000 00000000
   3: 00000000:0019 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1234 1 0000000000000000
`

  it('are read from ss, new and old', () => {
    expect(parseSockets(ss).map(({ source, peer, peerPort }) => `${source} ${peer} ${peerPort}`)).toEqual([
      '192.0.2.10 198.51.100.5 25',
      '2001:db8::10 2001:db8::5 25',
      '2001:db8::10 2001:db8::6 25',
      '192.0.2.11 198.51.100.6 25',
      '192.0.2.10 198.51.100.7 587',
    ])
  })

  it("are read from the kernel's own table", () => {
    expect(parseSockets(proc)).toEqual([
      { source: '192.0.2.10', sourcePort: 41000, peer: '198.51.100.5', peerPort: 25 },
      { source: '192.0.2.10', sourcePort: 41001, peer: '198.51.100.5', peerPort: 25 },
      { source: '2001:db8::10', sourcePort: 41002, peer: '2001:db8::5', peerPort: 25 },
    ])
  })

  const peer = { address: '198.51.100.5', port: 25 }
  const from = (source: string, sourcePort: number) => ({ source, sourcePort, peer: peer.address, peerPort: 25 })

  it('tell all sources to a peer, the old ones only where there are no others', () => {
    const old = from('192.0.2.1', 1)
    expect(sourcesTo(peer, [old], [old, from('192.0.2.2', 2), from('192.0.2.2', 3)])).toEqual(['192.0.2.2'])
    expect(sourcesTo(peer, [old], [old])).toEqual(['192.0.2.1'])
    expect(sourcesTo(peer, [], [from('192.0.2.2', 2), from('192.0.2.3', 3)])).toEqual(['192.0.2.2', '192.0.2.3'])
    expect(sourcesTo({ ...peer, port: 587 }, [], [from('192.0.2.2', 2)])).toEqual([])
  })
})

describe('the queue', () => {
  it('tells why a message lies in it', () => {
    const text = `-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------
4XkWpR1tqJz2      562 Thu Nov 26 10:11:11  root@example.org
(host elm.example.net[10.77.0.33] said: 451 4.7.1 later (in reply to RCPT TO command))
                                         deploy@example.net

5A1B2C3D4E*      562 Thu Nov 26 10:11:11  root@example.org
                                         pollux-1@[10.77.0.1]

-- 1 Kbytes in 2 Requests.
`
    expect(parseQueue(text)).toEqual([
      {
        queueId: '4XkWpR1tqJz2',
        reason: 'host elm.example.net[10.77.0.33] said: 451 4.7.1 later (in reply to RCPT TO command)',
        recipients: ['deploy@example.net'],
      },
      { queueId: '5A1B2C3D4E', reason: null, recipients: ['pollux-1@[10.77.0.1]'] },
    ])
    expect(parseQueue('Mail queue is empty\n')).toEqual([])
  })
})

describe('what is sent', () => {
  it('has plain addresses alone', () => {
    for (const address of ['a@example.org', 'a+b@[192.0.2.1]', literalAddress('pollux-1', '2001:db8::1')])
      expect(() => checkMailAddress(address)).not.toThrow()
    for (const address of [
      '',
      'a',
      'a@b>\r\nDATA',
      'a b@example.org',
      '"a"@example.org',
      '-a',
      'a@example.org,b@x.org',
      'ä@x.org',
    ])
      expect(() => checkMailAddress(address)).toThrow()
    expect(literalAddress('x', '192.0.2.1')).toBe('x@[192.0.2.1]')
  })

  it('is a whole message', () => {
    const { messageId, text } = probeMessage('ab12', '', 'x@[192.0.2.1]', new Date(Date.UTC(2026, 10, 26, 10, 11, 12)))
    expect(messageId).toMatch(/^<pollux\.ab12@[^<>@\s]+>$/)
    const [header = '', body = ''] = text.split('\n\n')
    expect(header).toContain('\nDate: Thu, 26 Nov 2026 10:11:12 +0000\n')
    expect(header).toContain(`\nMessage-ID: ${messageId}\nSubject: Pollux probe\nAuto-Submitted: auto-generated\n`)
    expect(body).toMatch(/^[ -~]+\n$/)
  })
})

describe('from where a host sees the dashboard', () => {
  it.each([
    ['192.0.2.1 51234 192.0.2.2 22\n', '192.0.2.1'],
    ['::ffff:192.0.2.1 51234 22\n', '192.0.2.1'],
    ['2001:db8::1 51234 2001:db8::2 22\n', '2001:db8::1'],
    ['fe80::1%eth0 51234 fe80::2%eth0 22\n', 'fe80::1'],
    ['\n', null],
  ])('%j', (text, address) => {
    expect(parseSeenFrom(text)).toBe(address)
  })
})
