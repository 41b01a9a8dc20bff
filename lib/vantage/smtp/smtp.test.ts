import type { Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serveBytes } from '@/lib/ssh/testing/serve-bytes'
import { freePort } from '@/lib/ssh/testing/start-sshd'
import { takeLook } from '../take-look'
import { startMailServer } from '../testing/mail-server'
import { createReplyReader } from './replies'

const look = (port: number, more: { address?: string; timeoutMs?: number; signal?: AbortSignal } = {}) =>
  takeLook({ kind: 'smtp', from: { kind: 'dashboard' }, address: more.address ?? '127.0.0.1', port }, more)

async function serve(onConnection: (socket: Socket) => void): Promise<number> {
  const server = await serveBytes(onConnection)
  onTestFinished(() => server.stop())
  return server.port
}

describe('an SMTP look from the dashboard', () => {
  it('learns greeting and name from a real server', async () => {
    const server = await startMailServer()
    onTestFinished(() => server.stop())
    expect(await look(server.port)).toEqual({
      learned: {
        connected: 'yes',
        greeting: 'mail.example.org ESMTP ready when you are',
        ehlo: expect.any(String),
      },
      why: '',
    })
  })

  it('hears lines cut anywhere, and says goodbye', async () => {
    const said: string[] = []
    const port = await serve((socket) => {
      for (const piece of ['22', '0-mail.exam', 'ple.org hello\r', '\n220 second line\r\n']) socket.write(piece)
      socket.on('data', (data) => {
        said.push(`${data}`.slice(0, 4))
        socket.write(said.length === 1 ? '250-name here\n250 SIZE\n' : '221 bye\n')
      })
    })
    expect((await look(port)).learned).toEqual({ connected: 'yes', greeting: 'mail.example.org hello', ehlo: 'name' })
    expect(said).toEqual(['EHLO', 'QUIT'])
  })

  it('says HELO to a server of old', async () => {
    const port = await serve((socket) => {
      socket.write('220 old\r\n')
      socket.on('data', (data) =>
        socket.write(`${data}`.startsWith('HELO') ? '250 old.example.org\r\n' : '502 what\r\n'),
      )
    })
    expect(await look(port)).toMatchObject({ learned: { ehlo: 'old.example.org' }, why: '' })
  })

  it('tells a port where nothing listens from one that does not answer', async () => {
    expect(await look(await freePort())).toMatchObject({
      learned: { connected: 'refused' },
      why: expect.stringMatching(/127\.0\.0\.1 port \d+ refuses connections from the dashboard/),
    })
    // Nothing comes back from the broadcast address: it cannot be connected to at all.
    expect(await look(25, { address: '255.255.255.255' })).toMatchObject({
      learned: {},
      why: expect.stringContaining('cannot connect'),
    })
  })

  it('connects to no link-local address and to nothing that is no address', async () => {
    expect(await look(80, { address: '169.254.169.254' })).toMatchObject({
      learned: {},
      why: expect.stringContaining('link-local'),
    })
    expect(await look(25, { address: 'localhost' })).toMatchObject({
      learned: {},
      why: expect.stringContaining('no IP address'),
    })
  })

  it('keeps what it learned when it is late or stopped', async () => {
    const port = await serve((socket) => socket.write('220 slow.example.org\r\n'))
    expect(await look(port, { timeoutMs: 300 })).toMatchObject({
      learned: { connected: 'yes', greeting: 'slow.example.org' },
      why: expect.stringContaining('in time'),
    })
    const stopped = new AbortController()
    const seen = look(port, { signal: stopped.signal })
    stopped.abort()
    expect((await seen).why).toContain('stopped')
  })

  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['closes at once', (socket) => socket.end(), /closed the connection before it greeted/],
    ['lets nobody in', (socket) => socket.end('554 go away\r\n'), /greeted with “554 go away”/],
    ['is no SMTP server', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), /does not speak SMTP.*“SSH-2.0/],
    ['changes its code', (socket) => socket.write('220-a\r\n250 b\r\n'), /does not speak SMTP/],
    ['sends bytes beyond ASCII', (socket) => socket.write(Buffer.from([0xff, 0xfe, 0, 7, 10])), /does not speak SMTP/],
    ['breaks the connection', (socket) => socket.resetAndDestroy(), /closed the connection|ECONNRESET/],
    [
      'refuses EHLO',
      (socket) => {
        socket.write('220 x\r\n')
        socket.on('data', () => socket.write('550 not you\r\n'))
      },
      /does not take EHLO .*“550 not you”/,
    ],
  ])('a server that %s gets a sentence', async (_title, onConnection, why) => {
    const seen = await look(await serve(onConnection))
    expect(seen.why).toMatch(why)
    expect(seen.learned).not.toHaveProperty('ehlo')
  })

  it.each<[string, string]>([
    ['a line without an end', 'x'.repeat(4000)],
    ['an answer without an end', '220-more and more\r\n'],
    ['empty lines', '\r\n'.repeat(1000)],
  ])('%s does not go on for ever', async (_title, piece) => {
    const port = await serve((socket) => {
      const more = () => {
        if (socket.writable) socket.write(piece, () => setImmediate(more))
      }
      more()
    })
    const before = process.memoryUsage().arrayBuffers
    expect((await look(port)).why).toContain('does not speak SMTP')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
  })

  it('hands on what was said as one short line', async () => {
    const port = await serve((socket) => {
      socket.write(`220 \u001b[31mred\u0000 ${'y'.repeat(2000)}\r\n`)
      socket.on('data', () => socket.write('250 a\u0007b\r\n'))
    })
    const { greeting = '', ehlo } = (await look(port)).learned
    expect([greeting.length, greeting.slice(0, 10), ehlo]).toEqual([500, '\ufffd[31mred\ufffd ', 'a\ufffdb'])
  })
})

describe('replies', () => {
  it('reads them from any cut, and stays wrong once it is', () => {
    const bytes = Buffer.from('250-one\r\n250-\r\n250 three\r\n354\r\n')
    for (let cut = 0; cut <= bytes.length; cut++) {
      const reader = createReplyReader()
      reader.add(bytes.subarray(0, cut))
      const first = reader.next()
      reader.add(bytes.subarray(cut))
      const rest = first.state === 'reply' ? first : reader.next()
      expect(rest).toEqual({ state: 'reply', reply: { code: 250, lines: ['one', '', 'three'] } })
      expect(reader.next()).toEqual({ state: 'reply', reply: { code: 354, lines: [''] } })
      expect(reader.next()).toEqual({ state: 'more' })
    }
    const reader = createReplyReader()
    reader.add(Buffer.from('hello\n220 x\n'))
    expect([reader.next(), reader.next()]).toEqual([
      { state: 'wrong', said: 'hello' },
      { state: 'wrong', said: 'hello' },
    ])
  })
})
