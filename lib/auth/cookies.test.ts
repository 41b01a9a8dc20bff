import { afterEach, expect, it, vi } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeUser } from '@/prisma/factories'
import { auth } from './auth'
import { findActor } from './current-actor'
import { testPassword } from './test-session'

const test = withTestStore()
afterEach(() => void vi.unstubAllEnvs())

/** The cookie of a new session, word by word. */
async function cookieOfSignIn(env: Record<string, string>): Promise<string[]> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const { email } = await makeUser(test.current().db, { name: 'Ada', password: testPassword })
  const { headers } = await auth().api.signInEmail({ body: { email, password: testPassword }, returnHeaders: true })
  return (headers.get('set-cookie') ?? '').split('; ')
}

it('the session’s cookie is kept from scripts and from other sites', async () => {
  const [pair = '', ...words] = await cookieOfSignIn({})
  expect(pair).toMatch(/^pollux\.session_token=/)
  expect(words).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']))
  expect(words).not.toContain('Secure')
})

it.each([
  ['a certificate', { POLLUX_TLS_CERT: '/c.pem' }],
  ['a proxy that has one', { POLLUX_TRUSTED_PROXY: '192.0.2.7', POLLUX_ORIGIN: 'https://pollux.example.org' }],
])('with %s it is a secure one, and goes over TLS alone', async (_, env) => {
  const [pair = '', ...words] = await cookieOfSignIn(env)
  expect(pair).toMatch(/^__Secure-pollux\.session_token=/)
  expect(words).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax']))
  expect(await findActor(new Headers({ cookie: pair }))).toMatchObject({ name: 'Ada' })
  // One that a page without TLS could have set is none.
  expect(await findActor(new Headers({ cookie: pair.replace('__Secure-', '') }))).toBeNull()
})
