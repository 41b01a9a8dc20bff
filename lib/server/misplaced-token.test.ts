import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { portOf } from '@/scripts/start/test-start'
import { refuseMisplacedToken } from './misplaced-token'

const token = `pollux_${'aZ3_-'.repeat(9).slice(0, 43)}`

async function ask(path: string, headers: Record<string, string> = {}) {
  const server = createServer((request, response) => {
    if (!refuseMisplacedToken(request, response)) response.end('passed')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const response = await fetch(`http://127.0.0.1:${portOf(server)}${path}`, { headers })
  return { status: response.status, text: await response.text() }
}

it.each([
  `/hosts?token=${token}`,
  `/api/v1/hosts?access_token=${token}`,
  `/api/v1/${token}`,
  `/metrics?x=${token.replace('_', '%5f')}`,
])('no token in a URL: %s is refused with where it belongs, and not repeated', async (path) => {
  const { status, text } = await ask(path, { authorization: `Bearer ${token}` })
  expect(status).toBe(400)
  expect(JSON.parse(text).error.message).toMatch(/belongs into the header: Authorization: Bearer/)
  expect(text).not.toContain(token)
})

it.each(['/', '/hosts', '/metrics', '/api/palette', '/api/v10/hosts', '/healthz'])(
  'a token in the header is refused at %s, which is not the API',
  async (path) => {
    const { status, text } = await ask(path, { authorization: `Bearer ${token}` })
    expect([status, JSON.parse(text).error.message]).toEqual([400, expect.stringContaining('at /api/v1/ alone')])
  },
)

it.each([
  ['/api/v1/hosts?x=1', { authorization: `Bearer ${token}` }],
  ['/metrics', { authorization: 'Bearer abcdefgh' }],
  ['/hosts?q=pollux_is_nice', {}],
  ['/hosts?q=%E0%A4%A', {}],
])('what is in its place passes: %s', async (path, headers: Record<string, string>) => {
  expect((await ask(path, headers)).text).toBe('passed')
})
