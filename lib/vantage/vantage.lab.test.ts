import { readFileSync } from 'node:fs'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { hostExec, hostsForTests, type LabHost, waitForSsh } from '@/e2e/lab/lab'
import type { DnsAsk, FarRead, FarSeen } from '@/lib/agent'
import { openTestStore, type TestStore } from '@/lib/db/test-store'
import { sshPool } from '@/lib/ssh'
import { canReceive, takeLook } from '.'
import { addTestHost } from './testing/add-test-host'

type MailRead = Extract<FarRead, { kind: 'mail' }>

const hosts = new Map(hostsForTests().map((host) => [host.name, host]))
const isUp = (name: string) => hosts.has(name) && hosts.has('elm')
/** The dashboard, as the hosts of the lab see it. */
const dashboard = '10.77.0.1'
const sendmail = { by: 'sendmail', program: '/usr/sbin/sendmail' } as const
const toPollux = { kind: 'pollux' } as const

let store: TestStore
const ids = new Map<string, string>()

beforeAll(async () => {
  if (hosts.size === 0) return
  store = await openTestStore()
  for (const name of ['maple', 'linden', 'oak', 'pine', 'elm']) {
    const host = hosts.get(name)
    if (host) ids.set(name, await addTestHost({ name, address: host.address, port: host.port, privateKey: key(host) }))
  }
})
afterAll(async () => {
  await sshPool().close()
  await store?.close()
})

function key(host: LabHost): string {
  return readFileSync(host.keys.ed25519, 'utf8')
}

function mail(
  name: string,
  more: Pick<MailRead, 'handIn' | 'to'>,
  sender = `root@${name}.example.org`,
): Promise<FarSeen> {
  return takeLook({ kind: 'mail', hostId: ids.get(name) ?? '', config: null, sender, ...more })
}

async function queueOf(name: string): Promise<string> {
  return (await hostExec(name, ['postqueue', '-p'])).stdout.trim()
}

/** A mail server of the test's own at the dashboard's address, until the test ends. */
async function receiveAs(options: SMTPServerOptions): Promise<void> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    ...options,
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(25, dashboard, resolve)
  })
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
}

/** What became of other mail is what other tests left: only its shape is known. */
const bounced = expect.stringMatching(/^(none|\d+, the last: .+)$/)

describe.skipIf(!isUp('maple'))('looks at a real Postfix', () => {
  it('greets the dashboard, and a host, by its name', async () => {
    const expected = {
      learned: {
        connected: 'yes',
        greeting: 'maple.example.org ESMTP Postfix (Debian/GNU)',
        ehlo: 'maple.example.org',
      },
      why: '',
    }
    const at = { address: hosts.get('maple')?.address ?? '', port: 25 }
    expect(await takeLook({ kind: 'smtp', from: { kind: 'dashboard' }, ...at })).toEqual(expected)
    for (const name of ['maple', 'elm'])
      expect(await takeLook({ kind: 'smtp', from: { kind: 'host', hostId: ids.get(name) ?? '' }, ...at })).toEqual(
        expected,
      )
    const inside = {
      kind: 'smtp',
      from: { kind: 'host', hostId: ids.get('maple') ?? '' },
      address: '127.0.0.1',
    } as const
    expect(await takeLook({ ...inside, port: 25 })).toEqual(expected)
    expect(await takeLook({ ...inside, port: 26 })).toEqual({
      learned: { connected: 'refused' },
      why: 'maple cannot connect to 127.0.0.1 port 26: Connection refused.',
    })
  })

  it('a mail handed in by SMTP comes back to Pollux, and is refused where it may not be relayed', async () => {
    expect(await canReceive(dashboard)).toBe(true)
    const seen = await mail('maple', { handIn: { by: 'smtp', address: '127.0.0.1', port: 25 }, to: toPollux })
    expect(seen).toEqual({
      learned: {
        accepted: expect.stringMatching(/^250 2\.0\.0 Ok: queued as \w+$/),
        status: 'sent',
        source: '10.77.0.31',
        helo: 'maple.example.org',
        reply: '250 Pollux has it',
        bounced,
      },
      why: '',
    })
    const denied = await mail('maple', { handIn: { by: 'smtp', address: '10.77.0.31', port: 25 }, to: toPollux })
    expect(denied.learned).toEqual({
      accepted: expect.stringContaining('Relay access denied'),
      status: expect.stringMatching(/^refused: 454 4\.7\.1 /),
    })
    expect(await queueOf('maple')).toBe('Mail queue is empty')
  })
})

for (const name of ['maple', 'oak', 'pine'])
  describe.skipIf(!isUp(name))(`a mail of sendmail's on ${name}`, () => {
    const source = hosts.get(name)?.address

    it('to Pollux: from which address, by which name', async () => {
      expect(await mail(name, { handIn: sendmail, to: toPollux })).toEqual({
        learned: {
          accepted: 'sendmail took it',
          status: 'sent',
          source,
          helo: `${name}.example.org`,
          reply: '250 Pollux has it',
          bounced,
        },
        why: '',
      })
      expect(await queueOf(name)).toBe('Mail queue is empty')
    })

    it('to somebody: sent, and its source by the table of connections', async () => {
      const seen = await mail(name, { handIn: sendmail, to: { kind: 'address', address: 'deploy@example.net' } })
      expect(seen).toEqual({
        learned: {
          accepted: 'sendmail took it',
          status: 'sent',
          source,
          reply: expect.stringMatching(/^250 2\.0\.0 Ok: queued as \w+$/),
          bounced,
        },
        why: 'Which name the receiver was told, that receiver alone knows.',
      })
    })

    it("refused for good: the receiver's words", async () => {
      await receiveAs({
        onRcptTo: (_address, _session, done) =>
          done(Object.assign(new Error('5.7.1 not from you'), { responseCode: 550 })),
      })
      const seen = await mail(name, { handIn: sendmail, to: { kind: 'address', address: `x@[${dashboard}]` } }, '')
      expect(seen.learned).toMatchObject({
        status: expect.stringMatching(/^bounced: host 10\.77\.0\.1\[10\.77\.0\.1\] said: 550 .*5\.7\.1 not from you/),
        reply: expect.stringMatching(/^550 .*5\.7\.1 not from you$/),
        source,
      })
      expect(await queueOf(name)).toBe('Mail queue is empty')
    })

    it("put off: the receiver's words, and nothing stays behind", async () => {
      await receiveAs({
        onRcptTo: (_address, _session, done) => done(Object.assign(new Error('4.7.1 later'), { responseCode: 451 })),
      })
      const seen = await mail(name, { handIn: sendmail, to: { kind: 'address', address: `x@[${dashboard}]` } })
      expect(seen.learned).toMatchObject({
        status: expect.stringMatching(/^deferred: host 10\.77\.0\.1\[10\.77\.0\.1\] said: 451 .*4\.7\.1 later/),
        reply: expect.stringMatching(/^451 .*4\.7\.1 later$/),
        source,
      })
      expect(await queueOf(name)).toBe('Mail queue is empty')
    })
  })

describe.skipIf(!isUp('linden'))('a host of odd ways', () => {
  it('says that a host which forwards nothing shows nothing', async () => {
    const rules = '/etc/ssh/sshd_config.d/00-no-forwarding.conf'
    const setRules = async (script: string) => {
      await hostExec('linden', ['sh', '-c', `${script} && systemctl reload ssh`])
      await waitForSsh('linden')
      // Connections that are there keep the rules of their login.
      await sshPool().close(ids.get('linden'))
    }
    await setRules(`echo 'AllowTcpForwarding no' >${rules}`)
    onTestFinished(() => setRules(`rm -f ${rules}`))
    const hostId = ids.get('linden') ?? ''
    const handIn = { by: 'smtp', address: '127.0.0.1', port: 25 } as const
    for (const seen of [
      await takeLook({ kind: 'smtp', from: { kind: 'host', hostId }, address: '127.0.0.1', port: 25 }),
      await mail('linden', { handIn, to: toPollux }),
    ])
      expect(seen).toEqual({ learned: {}, why: expect.stringContaining('AllowTcpForwarding') })
  })

  it('is rid of a message that nobody answers', async () => {
    // Nobody has this address: no packet comes back.
    const to = { kind: 'address', address: 'x@[10.77.0.250]' } as const
    const read: MailRead = {
      kind: 'mail',
      hostId: ids.get('linden') ?? '',
      handIn: sendmail,
      config: null,
      sender: 'root@x.org',
      to,
    }
    const seen = await takeLook(read, { timeoutMs: 2500 })
    expect(seen.learned['status'] ?? 'deferred: ').toMatch(/^deferred: /)
    expect(await queueOf('linden')).toBe('Mail queue is empty')
  })

  it('is rid of it when the look is stopped as soon as the server has it', async () => {
    const stop = new AbortController()
    await receiveAs({
      // The message is on its way to the test's own server, which lets it wait.
      onRcptTo: () => stop.abort(),
    })
    const to = { kind: 'address', address: `x@[${dashboard}]` } as const
    const read: MailRead = {
      kind: 'mail',
      hostId: ids.get('linden') ?? '',
      handIn: sendmail,
      config: null,
      sender: 'root@x.org',
      to,
    }
    const seen = await takeLook(read, { signal: stop.signal })
    expect(seen.learned).not.toHaveProperty('status')
    expect(await queueOf('linden')).toBe('Mail queue is empty')
  })

  it('keeps what others sent when the message is taken out of its queue', async () => {
    const sh = (script: string) => hostExec('linden', ['sh', '-c', script])
    await sh('cp -p /etc/postfix/main.cf /root/main.cf && postconf -e defer_transports=smtp && postfix reload')
    await sh('echo hello | sendmail -f root@linden.example.org x@example.net')
    onTestFinished(async () => {
      await sh('mv /root/main.cf /etc/postfix/main.cf && postfix reload && postsuper -d ALL')
    })
    const seen = await mail('linden', { handIn: sendmail, to: { kind: 'address', address: 'x@example.net' } })
    expect(seen.learned).toEqual({
      accepted: 'sendmail took it',
      status: expect.stringMatching(/^deferred: .*deferred transport/),
      bounced: 'none',
    })
    expect(await queueOf('linden')).toMatch(/in 1 Request/)
  })
})

describe.skipIf(!isUp('elm'))('questions to a real name server', () => {
  const ask = (question: DnsAsk) => takeLook({ kind: 'dns', server: '10.77.0.33', ask: question })
  const sends = (domain: string, address: string) =>
    ask({ kind: 'may-send', domain, address, helo: 'mail.example.org' })

  it('about names and addresses', async () => {
    const learned = async (question: DnsAsk) => (await ask(question)).learned
    expect(await learned({ kind: 'names-of', address: '203.0.113.40' })).toEqual({ names: 'mail.example.org' })
    expect(await learned({ kind: 'names-of', address: '203.0.113.42' })).toEqual({ names: 'none' })
    expect(await learned({ kind: 'confirmed', address: '203.0.113.40' })).toEqual({ confirmed: 'yes' })
    expect(await learned({ kind: 'confirmed', address: '2001:db8::40' })).toEqual({ confirmed: 'yes' })
    expect(await learned({ kind: 'confirmed', address: '203.0.113.43' })).toEqual({
      confirmed: 'wrong.example.org leads to 192.0.2.99',
    })
    expect(await learned({ kind: 'mail-hosts', domain: 'example.org' })).toEqual({
      hosts: 'mail.example.org',
      addresses: '203.0.113.40, 2001:db8::40',
    })
    const unknown = await ask({ kind: 'names-of', address: '203.0.113.99' })
    expect(unknown).toEqual({ learned: {}, why: expect.stringContaining('SERVFAIL') })
  })

  it('about who may send', async () => {
    const result = async (domain: string, address: string) => (await sends(domain, address)).learned['result']
    expect(await result('example.org', '203.0.113.40')).toBe('pass')
    expect(await result('example.org', '2001:db8::40')).toBe('pass')
    expect(await result('example.org', '203.0.113.42')).toBe('fail')
    expect(await result('nospf.example.org', '203.0.113.40')).toBe('none')
    expect(await result('twospf.example.org', '203.0.113.40')).toBe('permerror')
    expect(await result('longspf.example.org', '203.0.113.40')).toBe('pass')
    expect(await result('deepspf.example.org', '192.0.2.1')).toBe('permerror')
    expect(await sends('servfail.example', '192.0.2.1')).toMatchObject({ learned: {} })
  })
})
