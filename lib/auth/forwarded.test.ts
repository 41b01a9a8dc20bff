import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetSingles } from '@/lib/config/single'
import { portOf } from '@/scripts/start/test-start'
import { takeForwarded } from './forwarded'

let server: Server
beforeEach(async () => {
  forgetSingles()
  server = createServer((request, response) => {
    const way = takeForwarded(request)
    const left = Object.entries(request.headers).filter(([name]) => /^x-(forwarded|real)|^forwarded/.test(name))
    response.end(JSON.stringify({ ...way, left: Object.fromEntries(left) }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => {
  vi.unstubAllEnvs()
  server.close()
})

async function ask(headers: Record<string, string>) {
  return (await fetch(`http://127.0.0.1:${portOf(server)}/`, { headers })).json()
}

const said = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '1',
  'x-real-ip': '203.0.113.9',
  forwarded: 'for=203.0.113.9;host=evil.example',
}

it('X-Forwarded-* from anybody but the trusted proxy counts for nothing, and goes no further', async () => {
  const nothing = { address: '127.0.0.1', isSecure: false, isPastProxy: false, left: {} }
  expect(await ask(said)).toEqual(nothing)
  vi.stubEnv('POLLUX_TRUSTED_PROXY', '192.0.2.7, 127.0.0.2')
  expect(await ask(said)).toEqual(nothing)
})

it('X-Forwarded-* from the trusted proxy counts: whose request it is, and whether it was encrypted', async () => {
  vi.stubEnv('POLLUX_TRUSTED_PROXY', '127.0.0.0/30')
  expect(await ask(said)).toEqual({
    ...{ address: '203.0.113.9', isSecure: true, isPastProxy: false },
    left: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  })
  expect(await ask({ 'x-forwarded-proto': 'http' })).toMatchObject({ address: '127.0.0.1', isSecure: false })
})

it.each([
  ['what the sender wrote himself', '10.0.0.1, 198.51.100.4', '198.51.100.4'],
  ['a row of trusted proxies', '198.51.100.4, 192.0.2.7', '198.51.100.4'],
  ['ports', '198.51.100.4:5123', '198.51.100.4'],
  ['IPv6 in brackets', '[2001:db8::1]:443', '2001:db8::1'],
  ['IPv4 in the clothes of IPv6', '::ffff:198.51.100.4', '198.51.100.4'],
  ['a word', '198.51.100.4, unknown', '127.0.0.1'],
  ['nothing', '', '127.0.0.1'],
])('reads the address behind the last trusted proxy: %s', async (_, list, address) => {
  vi.stubEnv('POLLUX_TRUSTED_PROXY', '127.0.0.1,192.0.2.0/28')
  expect((await ask({ 'x-forwarded-for': list })).address).toBe(address)
})
