import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { systemCtx } from '@/lib/auth/actor'
import { runShutdown } from '@/lib/config/shutdown'
import { forgetSingles } from '@/lib/config/single'
import { AppError } from '@/lib/errors'
import { answerUpgrade, isSocketPath, registerSocket } from './sockets'

let server: Server
let port: number
beforeEach(async () => {
  forgetSingles()
  server = createServer().listen(0, '127.0.0.1')
  server.on('upgrade', (request, socket, head) => void answerUpgrade(request, socket, head))
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
  vi.stubEnv('PORT', String(port))
  registerSocket('/ws/echo', {
    async authorize(request, requestId) {
      if (request.headers.cookie === 'low') throw new AppError('forbidden', 'too low')
      return request.headers.cookie === 'session' ? systemCtx(requestId) : null
    },
    open: (socket) => void socket.on('message', (data) => socket.send(`echo ${data}`)),
  })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

function open(path: string, cookie = 'session', origin = `http://127.0.0.1:${port}`): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin, headers: { cookie } })
}

async function refusal(socket: WebSocket): Promise<number | undefined> {
  const [, response] = await once(socket, 'unexpected-response')
  socket.on('error', () => {})
  socket.terminate()
  return response.statusCode
}

it('hands an authorized socket to its seat, and closes it when the process ends', async () => {
  const socket = open('/ws/echo')
  await once(socket, 'open')
  socket.send('hello')
  expect(String((await once(socket, 'message'))[0])).toBe('echo hello')
  const closed = once(socket, 'close')
  await runShutdown(1_000)
  expect((await closed)[0]).toBe(1001)
})

it.each([
  ['without a session', '/ws/echo', 'none', undefined, 401],
  ['without a session, where nothing is', '/ws/nothing', 'none', undefined, 401],
  ['with a session, where nothing is', '/ws/nothing', 'session', undefined, 404],
  ['with too low a role', '/ws/echo', 'low', undefined, 403],
  ['from a page of another site', '/ws/echo', 'session', 'https://evil.example', 403],
])('refuses an upgrade %s', async (_case, path, cookie, origin, status) => {
  expect(await refusal(open(path, cookie, origin))).toBe(status)
})

it.each(['cross-site', 'same-site', 'none'])('refuses an upgrade whose Sec-Fetch-Site is %s', async (site) => {
  const headers = { cookie: 'session', 'sec-fetch-site': site }
  const origin = `http://127.0.0.1:${port}`
  expect(await refusal(new WebSocket(`ws://127.0.0.1:${port}/ws/echo`, { origin, headers }))).toBe(403)
})

it('refuses an upgrade from a page of the same machine on another port', async () => {
  expect(await refusal(open('/ws/echo', 'session', `http://127.0.0.1:${port + 1}`))).toBe(403)
})

it('refuses an upgrade that names no origin', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/echo`, { headers: { cookie: 'session' } })
  expect(await refusal(socket)).toBe(403)
})

it('leaves other paths to the development server', () => {
  expect(['/ws', '/ws/terminal', '/wso', '/_next/hmr'].map(isSocketPath)).toEqual([true, true, false, false])
})
