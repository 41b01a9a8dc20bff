import { describe, expect, it } from 'vitest'
import { type Check, isFarCheck, isHostCheck, isReadingArgv } from '@/lib/agent'
import { postfixAgent } from '.'
import { postfixDesired } from './desired'
import { factsOf, loadFixture, loadFixtures } from './load-fixtures'

function checksOf(name: string, at: number, more: object = {}): readonly Check[] {
  const fixture = loadFixture(name)
  const desired = postfixDesired.parse({ ...fixture.plans[at]?.desired, ...more })
  return postfixAgent.plan([{ hostId: 'host-1', name: 'host-1', facts: factsOf(fixture) }], desired).checks
}
const find = (checks: readonly Check[], id: string) => {
  const found = checks.find((check) => check.id === id)
  if (!found) throw new Error(`no check ${id}`)
  return found
}
const all = checksOf('debian-12', 0)

it('reads on a host by nothing that writes', () => {
  for (const fixture of loadFixtures()) {
    for (const { desired, refused } of fixture.plans) {
      if (refused !== undefined) continue
      const { checks } = postfixAgent.plan([{ hostId: 'host-1', name: 'host-1', facts: factsOf(fixture) }], desired)
      for (const { read } of checks.filter(isHostCheck)) {
        if ('command' in read) expect([read.command, isReadingArgv(read.command)]).toEqual([read.command, true])
      }
    }
  }
})

describe('what proves a wish on the host', () => {
  it('is that the address is there, whole', () => {
    expect(find(all, 'address.203.0.113.40')).toMatchObject({
      weight: 'must',
      read: { command: ['ip', '-o', 'addr', 'show', 'to', '203.0.113.40'] },
      expect: { includes: ' 203.0.113.40/' },
    })
  })

  it('is who listens, and who does no more', () => {
    expect(find(all, 'listens.203.0.113.40-25')).toMatchObject({
      title: 'Postfix alone listens on 203.0.113.40:25',
      weight: 'must',
      expect: { lines: ' 203.0.113.40:25 ', include: '"master"' },
    })
    expect(find(all, 'quiet.port-25-of-every-IPv6-address')).toMatchObject({
      title: 'Nothing listens on port 25 of every IPv6 address any more',
      weight: 'must',
      expect: { excludes: ' [::]:25 ' },
    })
    expect(find(checksOf('kernel-tables', 0), 'listens.203.0.113.40-25')).toMatchObject({
      title: 'Postfix listens on 203.0.113.40:25',
      read: { file: '/proc/net/tcp' },
      expect: { includes: ' 287100CB:0019 00000000:0000 0A ' },
    })
    expect(find(checksOf('article', 0), 'listens.87.98.146.48-25')).toMatchObject({
      read: { command: ['netstat', '-ltn'] },
      expect: { includes: ' 87.98.146.48:25 ' },
    })
  })

  it('is what Postfix reads, as it is written', () => {
    expect(find(all, 'setting.smtp-bind-address')).toMatchObject({
      read: { command: ['postconf', '-c', '/etc/postfix', '-h', 'smtp_bind_address'] },
      expect: { equals: '203.0.113.40' },
    })
    expect(find(checksOf('macros', 1), 'setting.smtp-bind-address')).toMatchObject({ expect: { equals: '$mail_ip' } })
    expect(find(checksOf('multi-instance', 4), 'setting.smtp-bind-address')).toMatchObject({
      read: { command: ['postconf', '-c', '/etc/postfix-out', '-h', 'smtp_bind_address'] },
    })
  })
})

describe('what proves it from beyond', () => {
  it('is a greeting at each address, under its name where it shall', () => {
    expect(find(all, 'smtp.203.0.113.40')).toMatchObject({
      weight: 'must',
      read: { far: { kind: 'smtp', from: { kind: 'host', hostId: 'host-1' }, address: '203.0.113.40', port: 25 } },
      expect: { name: 'connected', equals: 'yes' },
    })
    const name = (check: Check) => (isFarCheck(check) ? check.expect : null)
    expect(name(find(all, 'greeting.203.0.113.40'))).toEqual({ name: 'ehlo', equals: 'mail.example.org' })
    expect(name(find(all, 'greeting.127.0.0.1'))).toEqual({ name: 'ehlo', equals: 'host-1.example.org' })
  })

  it('is one message by 127.0.0.1 where that listens, else by sendmail', () => {
    const far = (checks: readonly Check[]) => {
      const { read } = find(checks, 'mail.accepted')
      return 'far' in read ? read.far : null
    }
    expect(far(all)).toMatchObject({
      kind: 'mail',
      handIn: { by: 'smtp', address: '127.0.0.1' },
      config: null,
      sender: 'postmaster@mail.example.org',
      to: { kind: 'pollux' },
    })
    const deaf = checksOf('debian-12', 0, { listeners: [{ port: '25', addresses: ['203.0.113.40'] }] })
    expect(far(deaf)).toMatchObject({ handIn: { by: 'sendmail' } })
    expect(far(checksOf('multi-instance', 4))).toMatchObject({ config: '/etc/postfix-out', handIn: { by: 'sendmail' } })
  })

  it('is where that came from and under which name, or nothing where nobody could tell', () => {
    expect(find(all, 'mail.source')).toMatchObject({
      weight: 'must',
      expect: { name: 'source', oneOf: ['203.0.113.40'] },
    })
    expect(find(all, 'mail.helo')).toMatchObject({
      weight: 'must',
      expect: { name: 'helo', equals: 'mail.example.org' },
    })
    const elsewhere = checksOf('debian-12', 2)
    expect(find(elsewhere, 'mail.source').weight).toBe('advise')
    expect(elsewhere.some(({ id }) => id === 'mail.helo')).toBe(false)
    expect(checksOf('nonlocal-admin', 2).some(({ id }) => id.startsWith('mail.'))).toBe(false)
  })

  it('is a message for each of four senders, and no more', () => {
    const sender = (at: number) => ({
      pattern: `s${at}@example.org`,
      source4: null,
      source6: null,
      helo: `s${at}.example.org`,
    })
    const many = checksOf('two-senders', 0, { senders: [0, 1, 2, 3, 4, 5].map(sender) })
    expect(many.filter(({ id }) => /^mail\.pollux-from-.*\.refused$/.test(id))).toHaveLength(4)
  })

  it('is what the DNS says, which only advises', () => {
    const dns = all.filter((check) => isFarCheck(check) && check.read.far.kind === 'dns')
    expect(dns.map(({ weight }) => weight)).toEqual(['advise', 'advise', 'advise', 'advise', 'advise'])
    expect(find(all, 'spf.example.org.203.0.113.40.mail.example.org')).toMatchObject({
      read: {
        far: {
          server: '192.0.2.53',
          ask: { kind: 'may-send', domain: 'example.org', address: '203.0.113.40', helo: 'mail.example.org' },
        },
      },
      expect: { name: 'result', equals: 'pass' },
    })
    expect(find(all, 'mx.example.org')).toMatchObject({ expect: { name: 'addresses', includes: '203.0.113.40' } })
  })
})
