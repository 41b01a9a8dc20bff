import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openTestStore, type TestStore } from '@/lib/db/test-store'
import { sshPool } from '@/lib/ssh'
import { skipReason } from '@/lib/ssh/testing/skip-reason'
import { freePort, startSshd, type TestSshd, whyNoSshd } from '@/lib/ssh/testing/start-sshd'
import { openDialogue } from '../smtp/dialogue'
import { takeLook } from '../take-look'
import { addTestHost } from '../testing/add-test-host'
import { startMailServer } from '../testing/mail-server'
import { canReceive } from './can-receive'
import { openMailbox } from './mailbox'
import { isOwnAddress } from './own-addresses'
import { setReceiverPort } from './receiver-port'

const own = '127.0.0.1'
const never = new AbortController().signal

/** Delivers a message as a mail server does; gives each answer's code. */
async function deliver(port: number, helo: string, recipient: string, message: string, at = own): Promise<number[]> {
  const dialogue = openDialogue(connect(port, at), 'the receiver', AbortSignal.timeout(10_000))
  const codes = [(await dialogue.hear('at first')).code]
  for (const line of [`EHLO ${helo}`, 'MAIL FROM:<root@example.org>', `RCPT TO:<${recipient}>`, 'DATA'])
    codes.push((await dialogue.say(line)).code)
  if (codes.at(-1) === 354) {
    dialogue.send(`${message}\r\n.\r\n`)
    codes.push((await dialogue.hear('after the message')).code)
  }
  await dialogue.say('QUIT')
  dialogue.end()
  return codes
}

describe('the receiver', () => {
  beforeAll(async () => setReceiverPort(await freePort()))
  afterAll(() => setReceiverPort(undefined))

  it('takes the one message, tells from where it came and by which name, and closes', async () => {
    const mailbox = await openMailbox(own, 'ab12', never)
    onTestFinished(() => mailbox.close())
    expect(mailbox.recipient).toBe('pollux-ab12@[127.0.0.1]')
    expect(await deliver(mailbox.port, 'Mail.Example.org', mailbox.recipient, 'Message-ID: <pollux.ab12@x>')).toEqual([
      220, 250, 250, 250, 354, 250,
    ])
    expect(await mailbox.arrived).toEqual({ source: own, helo: 'mail.example.org', reply: '250 Pollux has it' })
    await mailbox.close()
    expect(await canReceive(own)).toBe(true)
  })

  it('takes nothing else: another recipient, another message, too much', async () => {
    const mailbox = await openMailbox(own, 'ab12', never)
    onTestFinished(() => mailbox.close())
    const other = mailbox.recipient.replace('ab12', 'ab13')
    expect((await deliver(mailbox.port, 'x', other, 'x')).slice(3)).toEqual([550, 503])
    expect((await deliver(mailbox.port, 'x', mailbox.recipient, 'Message-ID: <pollux.ab13@x>')).at(-1)).toBe(550)
    const big = `Message-ID: <pollux.ab12@x>\r\n\r\n${'x'.repeat(70_000)}`
    expect((await deliver(mailbox.port, 'x', mailbox.recipient, big)).at(-1)).toBe(550)
    const first = await Promise.race([mailbox.arrived, 'nothing'])
    expect(first).toBe('nothing')
  })

  it('bears what is no SMTP', async () => {
    const mailbox = await openMailbox(own, 'ab12', never)
    onTestFinished(() => mailbox.close())
    const socket = connect(mailbox.port, own)
    socket.write(Buffer.alloc(100_000, 0xff))
    socket.end()
    await text(socket).catch(() => '')
    expect((await deliver(mailbox.port, 'x', mailbox.recipient, 'Message-ID: <pollux.ab12@x>')).at(-1)).toBe(250)
  })

  it('is reached over IPv6 too', async ({ skip }) => {
    if (!isOwnAddress('::1')) skip('this machine has no IPv6')
    const mailbox = await openMailbox('::1', 'ab12', never)
    onTestFinished(() => mailbox.close())
    expect(mailbox.recipient).toBe('pollux-ab12@[IPv6:::1]')
    await deliver(mailbox.port, 'x', mailbox.recipient, 'Message-ID: <pollux.ab12@x>', '::1')
    expect(await mailbox.arrived).toMatchObject({ source: '::1' })
  })

  it('waits for its turn, or for the signal', async () => {
    const first = await openMailbox(own, 'a1', never)
    const second = openMailbox(own, 'b2', never)
    await expect(openMailbox(own, 'c3', AbortSignal.abort())).rejects.toMatchObject({
      userMessage: expect.stringContaining('stopped'),
    })
    await first.close()
    await (await second).close()
  })

  it('says why it cannot listen', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, own, () => resolve((taken.address() as { port: number }).port))
    })
    onTestFinished(() => void taken.close())
    setReceiverPort(port)
    onTestFinished(async () => setReceiverPort(await freePort()))
    expect(await canReceive(own)).toContain('Something else listens')
    await expect(openMailbox(own, 'x', never)).rejects.toMatchObject({
      userMessage: expect.stringContaining('Something else listens'),
    })
    expect(await canReceive('192.0.2.1')).toContain('no address of the dashboard')
  })
})

describe.skipIf(skipReason(whyNoSshd()))('a mail look, handed in on a host without Postfix', () => {
  let store: TestStore
  let sshd: TestSshd
  let hostId: string
  let dir: string

  beforeAll(async () => {
    store = await openTestStore()
    setReceiverPort(await freePort())
    sshd = await startSshd({ hostKeyTypes: ['ed25519'] })
    hostId = await addTestHost({ name: 'alder', address: own, port: sshd.port, privateKey: sshd.login.privateKey })
    dir = mkdtempSync(join(tmpdir(), 'pollux-mail-'))
  })
  afterAll(async () => {
    await sshPool().close()
    await sshd?.stop()
    await store?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('learns source and name from the receiver', async () => {
    const port = await freePort()
    setReceiverPort(port)
    const relay = await startMailServer({
      onData: (stream, session, done) => {
        void text(stream).then((message) => {
          const [recipient] = session.envelope.rcptTo
          done(null, 'queued as 77F')
          return deliver(port, 'mail.example.org', recipient?.address ?? '', message)
        })
      },
    })
    onTestFinished(() => relay.stop())
    const seen = await takeLook({
      kind: 'mail',
      hostId,
      handIn: { by: 'smtp', address: own, port: relay.port },
      config: null,
      sender: 'root@example.org',
      to: { kind: 'pollux' },
    })
    expect(seen).toEqual({
      learned: {
        accepted: '250 queued as 77F',
        status: 'sent',
        source: own,
        helo: 'mail.example.org',
        reply: '250 Pollux has it',
      },
      why: 'The mail log of alder does not reach back to when Postfix read its files.',
    })
  })

  it('tells the words of a server that does not take it', async () => {
    const relay = await startMailServer({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('Relay access denied'), { responseCode: 554 })),
    })
    onTestFinished(() => relay.stop())
    const seen = await takeLook({
      kind: 'mail',
      hostId,
      handIn: { by: 'smtp', address: own, port: relay.port },
      config: null,
      sender: '',
      to: { kind: 'pollux' },
    })
    expect(seen.learned).toEqual({ accepted: '554 Relay access denied', status: 'refused: 554 Relay access denied' })
    expect(seen.why).toContain('alder did not take the message')
  })

  it('hands it to sendmail word by word, and does not know more than that when nothing comes', async () => {
    const program = join(dir, 'send mail')
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" >'${dir}/words'\ncat >'${dir}/message'\n`)
    chmodSync(program, 0o755)
    const config = "/etc/post fix'; echo"
    const seen = await takeLook(
      {
        kind: 'mail',
        hostId,
        handIn: { by: 'sendmail', program },
        config,
        sender: "o'brien$x@example.org",
        to: { kind: 'address', address: 'deploy@example.net' },
      },
      { timeoutMs: 12_000 },
    )
    expect(seen.learned).toEqual({ accepted: 'sendmail took it' })
    expect(seen.why).toContain('does not speak of the message')
    expect(readFileSync(join(dir, 'words'), 'utf8').split('\n')).toEqual([
      '-C',
      config,
      '-i',
      '-f',
      "o'brien$x@example.org",
      '--',
      'deploy@example.net',
      '',
    ])
    expect(readFileSync(join(dir, 'message'), 'utf8')).toMatch(/^From: Pollux <o'brien\$x@example\.org>\nTo: <deploy@/)
  })

  it('says why nothing was sent', async () => {
    const read = {
      kind: 'mail',
      hostId,
      handIn: { by: 'sendmail', program: '/nowhere/sendmail' },
      config: null,
      sender: 'root@example.org',
      to: { kind: 'pollux' },
    } as const
    expect(await takeLook(read)).toMatchObject({
      learned: {},
      why: expect.stringContaining('could not be run on alder'),
    })
    expect(await takeLook({ ...read, hostId: 'none' })).toMatchObject({ learned: {}, why: expect.any(String) })
    expect(await takeLook({ ...read, sender: 'a\r\nb@x.org' })).toMatchObject({
      learned: {},
      why: expect.stringContaining('no plain mail address'),
    })
    const port = await freePort()
    const refused = await takeLook({ ...read, handIn: { by: 'smtp', address: own, port } })
    expect([refused.learned, refused.why]).toEqual([
      {},
      `alder cannot connect to ${own} port ${port}: Connection refused.`,
    ])
    const host = await store.db.host.findUniqueOrThrow({ where: { id: hostId } })
    expect(host.reach).not.toBe('port')
  })
})
