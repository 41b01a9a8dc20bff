import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer, request as tlsRequest } from 'node:https'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, it, vi } from 'vitest'
import { forgetSingles } from '@/lib/config/single'
import { skipReason } from '@/lib/ssh/testing/skip-reason'
import { portOf } from '@/scripts/start/test-start'
import { admitRequest } from './admit'
import { makePair } from './testing'
import { tlsOptions } from './tls'
import { readTlsPair } from './tls-pair'

const open: Server[] = []
afterEach(() => {
  vi.unstubAllEnvs()
  forgetSingles()
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(server: Server, host = '127.0.0.1'): Promise<string> {
  open.push(server)
  server.on('request', (request, response) => {
    if (admitRequest(request, response)) response.end('ours')
  })
  await once(server.listen(0, host), 'listening')
  return portOf(server)
}

it('tells a browser that came over TLS to come so again, and nobody else', async () => {
  const { dir, certFile, keyFile } = makePair()
  const { cert, key } = readTlsPair(certFile, keyFile)
  const port = await serve(createTlsServer({ ...tlsOptions, cert, key }))
  const hsts = async (host: string) => {
    const sent = tlsRequest({ host: '127.0.0.1', port, rejectUnauthorized: false, headers: { host } }).end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.headers['strict-transport-security']
  }
  expect(await hsts('pollux.example.org')).toBe('max-age=31536000')
  expect(await hsts(`localhost:${port}`)).toBeUndefined()
  rmSync(dir, { recursive: true })

  const plain = `http://127.0.0.1:${await serve(createServer())}/`
  const behind = async () =>
    (await fetch(plain, { headers: { 'x-forwarded-proto': 'https' } })).headers.get('strict-transport-security')
  expect(await behind()).toBeNull()
  vi.stubEnv('POLLUX_TRUSTED_PROXY', '127.0.0.1')
  expect(await behind()).toBe('max-age=31536000')
})

const outer = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

it.skipIf(skipReason(outer ? null : 'this machine has loopback alone'))(
  'nobody gets past the trusted proxy to the plain port behind it, but this machine itself',
  async () => {
    vi.stubEnv('POLLUX_TRUSTED_PROXY', '203.0.113.1')
    const port = await serve(createServer(), '0.0.0.0')
    const past = await fetch(`http://${outer}:${port}/`)
    expect([past.status, await past.text()]).toEqual([403, 'This Pollux is reached through its proxy only.\n'])
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    vi.stubEnv('POLLUX_TRUSTED_PROXY', `203.0.113.1,${outer}`)
    expect((await fetch(`http://${outer}:${port}/`)).status).toBe(200)
  },
)
