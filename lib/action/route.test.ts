import { expect, it } from 'vitest'
import { makeSignedIn } from '@/lib/auth/test-session'
import { withTestStore } from '@/lib/db/test-store'
import { AppError } from '@/lib/errors'
import { lastAudit } from '@/lib/inventory/testing'
import { route } from './route'

const test = withTestStore()

const own = 'http://127.0.0.1:3000'
const params = { params: Promise.resolve({ id: '7' }) }
const sayWho = route('read facts anew', async (ctx, _request, { id }) => Response.json({ who: ctx.actor.name, id }))

function ask(headers: HeadersInit = {}, method = 'GET') {
  return new Request(`${own}/api/things/7`, { method, headers })
}

function post(cookie: string, more: Record<string, string>) {
  return sayWho(ask({ cookie, ...more }, 'POST'), params)
}

it('answers a person with the right, and hands on who and the parameters', async () => {
  const { headers } = await makeSignedIn(test.current().db, { name: 'Ada', role: 'operator' })
  const answer = await sayWho(ask(headers), params)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ who: 'Ada', id: '7' })
})

it('answers 401 without a session, before anything else is looked at', async () => {
  const answer = await sayWho(ask(), params)
  expect(answer.status).toBe(401)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const { error } = await answer.json()
  expect(error).toMatchObject({ code: 'unauthenticated', message: expect.stringContaining('Sign in again') })
})

it('answers 403 for too low a role, with the role that it takes, and records it', async () => {
  const { db } = test.current()
  const { headers } = await makeSignedIn(db, { name: 'Vera', role: 'viewer' })
  const answer = await sayWho(ask(headers), params)
  expect(answer.status).toBe(403)
  expect((await answer.json()).error.message).toContain('takes the role operator')
  expect(await lastAudit(db)).toMatchObject({ outcome: 'refused', actor: 'Vera', label: 'read facts anew' })
})

it.each([
  [{ origin: own }, 200],
  [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, 200],
  [{ origin: own, 'sec-fetch-site': 'cross-site' }, 403],
  [{ origin: own, 'sec-fetch-site': 'same-site' }, 403],
  [{ origin: 'http://127.0.0.1:3001' }, 403],
  [{ origin: 'https://127.0.0.1:3000' }, 403],
  [{ origin: 'http://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{}, 403],
] as [Record<string, string>, number][])('answers a POST with %j by %d', async (more, status) => {
  const { headers } = await makeSignedIn(test.current().db)
  expect((await post(headers.get('cookie') ?? '', more)).status).toBe(status)
})

it.each([
  [{}, 200],
  [{ origin: own, 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'none' }, 200],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, 200],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, 403],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 403],
  [{ origin: 'http://127.0.0.1:3001' }, 403],
  [{ origin: 'null' }, 403],
] as [Record<string, string>, number][])('answers a GET, of a stream too, with %j by %d', async (more, status) => {
  const { headers } = await makeSignedIn(test.current().db)
  const asked = ask({ cookie: headers.get('cookie') ?? '', ...more })
  expect((await sayWho(asked, params)).status).toBe(status)
})

it('turns what was thrown into its status, and what it does not know into a sentence with an id', async () => {
  const { headers } = await makeSignedIn(test.current().db)
  const failing = (error: unknown) => route('read inventory', () => Promise.reject(error))(ask(headers), params)
  const gone = await failing(new AppError('not-found', 'expected host 7', { userMessage: 'This host was removed.' }))
  expect([gone.status, (await gone.json()).error.message]).toEqual([404, 'This host was removed.'])
  const broken = await failing(new Error('SELECT password FROM secrets'))
  expect(broken.status).toBe(500)
  const text = await broken.text()
  expect(text).not.toContain('SELECT')
  const { error } = JSON.parse(text)
  expect(error.code).toBe('internal')
  expect(error.message).toContain(error.id)
})
