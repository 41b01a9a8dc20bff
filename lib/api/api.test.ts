import { readdirSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { apiRoute } from '@/lib/action/api-route'
import type { Role } from '@/lib/auth/actor'
import { notePeer } from '@/lib/auth/peer'
import { lowestRoleOf } from '@/lib/auth/rights'
import { makeSignedIn, testPassword } from '@/lib/auth/test-session'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit } from '@/lib/inventory/testing'
import { changeRole } from '@/lib/users/change-role'
import { endApiToken } from '@/lib/users/end-api-token'
import { makeApiToken } from '@/lib/users/make-api-token'
import { removeUser } from '@/lib/users/remove-user'
import { requireSecondFactor } from '@/lib/users/require-second-factor'
import { setHostTags } from '@/lib/users/set-host-tags'
import { makeHost } from '@/prisma/factories'
import { listHostsOperation } from './hosts'
import { openApi } from './openapi'
import type { Operation } from './operation'
import { operations } from './operations'

const test = withTestStore()
const commandLine = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' } as const

let owner: Awaited<ReturnType<typeof makeSignedIn>>
beforeEach(async () => {
  const { db } = test.current()
  await makeSignedIn(db, { name: 'Ada', email: 'ada@example.org' })
  owner = await makeSignedIn(db, { name: 'Bob', email: 'bob@example.org', role: 'operator' })
})

async function tokenOf(wish: { role?: Role; tags?: string[]; of?: typeof owner } = {}): Promise<string> {
  const { of = owner, role = 'operator', tags = [] } = wish
  const made = await makeApiToken(of.ctx, { name: 'deploy', role, tags, days: 30, password: testPassword })
  return made.token
}

/** Asks an operation as the route does. `input` fills the path, then the query or the body. */
async function ask(
  operation: Operation,
  token: string | null,
  input: Record<string, unknown> = {},
  more: HeadersInit = {},
) {
  const headers = new Headers(more)
  if (token !== null) headers.set('authorization', `Bearer ${token}`)
  const params = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]))
  const isGet = operation.method === 'GET'
  const query = isGet ? `?${new URLSearchParams(params)}` : ''
  const body = isGet ? undefined : JSON.stringify(input)
  const request = new Request(`http://127.0.0.1:3000${operation.path}${query}`, {
    method: operation.method,
    headers,
    body,
  })
  const response = await apiRoute(operation)(request, { params: Promise.resolve(params) })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const askHosts = (token: string | null, more: HeadersInit = {}) => ask(listHostsOperation, token, {}, more)

describe('an API token', () => {
  it('is shown once and kept as a hash alone', async () => {
    const { db } = test.current()
    const token = await tokenOf()
    expect(token).toMatch(/^pollux_[A-Za-z0-9_-]{43}$/)
    expect(JSON.stringify([await db.apiToken.findMany(), await db.auditRow.findMany()])).not.toContain(token.slice(7))
    expect(await lastAudit(db)).toMatchObject({ verb: 'make API token', label: 'bob@example.org' })
  })

  it('is taken in the Authorization header, with its last use noted', async () => {
    const { db } = test.current()
    await makeHost(db, { name: 'umber', tagged: ['web'] })
    const token = await tokenOf()
    const { status, body, headers } = await askHosts(token)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body).toMatchObject({ total: 1, hosts: [{ name: 'umber', tags: ['web'], factsAt: null }] })
    const { lastUsedAt } = await db.apiToken.findFirstOrThrow()
    expect(Math.abs(Date.now() - Number(lastUsedAt))).toBeLessThan(30_000)
  })

  it.each([
    ['without one', null],
    ['for one that nobody has', `pollux_${'x'.repeat(43)}`],
    ['for one of another shape', 'x'.repeat(43)],
  ])('answers 401 %s, with a sentence', async (_, token) => {
    const { status, body, headers } = await askHosts(token)
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(body.error).toMatchObject({
      code: 'unauthenticated',
      message: expect.stringMatching(/API token|takes a token/),
    })
  })

  it('a session is no token, for reading or writing, from whatever origin', async () => {
    const cookie = owner.headers.get('cookie') ?? ''
    for (const operation of operations) {
      const { status, body } = await ask(
        operation,
        null,
        { changeId: 1, id: 'x' },
        { cookie, origin: 'http://127.0.0.1:3000' },
      )
      expect([operation.id, status, body.error.message]).toEqual([
        operation.id,
        401,
        expect.stringContaining('no session'),
      ])
    }
  })

  it('ends by its time, by its owner, by an admin, and with its owner', async () => {
    const { db } = test.current()
    const eve = await makeSignedIn(db, { name: 'Eve', email: 'eve@example.org', role: 'viewer' })
    const isTaken = async (token: string) => (await askHosts(token)).status === 200
    const [old, ended, taken, orphan] = [
      await tokenOf(),
      await tokenOf(),
      await tokenOf(),
      await tokenOf({ of: eve, role: 'viewer' }),
    ]
    const idOf = async (at: number) => (await db.apiToken.findMany({ orderBy: { createdAt: 'asc' } }))[at]?.id ?? ''
    expect(await Promise.all([old, ended, taken, orphan].map(isTaken))).toEqual([true, true, true, true])
    const notHers = endApiToken(eve.ctx, { tokenId: await idOf(1) })
    await expect(notHers).rejects.toMatchObject({ code: 'not-found' })
    await endApiToken(
      { ...owner.ctx, actor: { kind: 'user', id: 'ada', name: 'Ada', role: 'admin' } },
      { tokenId: await idOf(2) },
    )
    expect(await lastAudit(db)).toMatchObject({ verb: 'end API token', actor: 'Ada', label: 'bob@example.org' })
    await endApiToken(owner.ctx, { tokenId: await idOf(1) })
    await db.apiToken.updateMany({ where: { id: await idOf(0) }, data: { expiresAt: new Date(Date.now() - 1) } })
    await removeUser(commandLine, { userId: eve.user.id, typedName: 'Eve' })
    expect(await Promise.all([old, ended, taken, orphan].map(isTaken))).toEqual([false, false, false, false])
  })

  it('ends with the role that it needs, and is never more than its owner', async () => {
    const { db } = test.current()
    const [high, low] = [await tokenOf({ role: 'operator' }), await tokenOf({ role: 'viewer' })]
    const userId = owner.user.id
    await db.user.update({ where: { id: userId }, data: { role: 'viewer' } })
    const plan = operations.find(({ id }) => id === 'planChange') as Operation
    const wish = { agentId: 'x', desired: {}, hostIds: ['x'] }
    expect((await ask(plan, high, wish)).status).toBe(403)
    await db.user.update({ where: { id: userId }, data: { role: 'operator' } })
    expect((await ask(plan, high, wish)).status).not.toBe(403)
    await changeRole(commandLine, { userId, role: 'viewer' })
    expect([(await askHosts(high)).status, (await askHosts(low)).status]).toEqual([401, 200])
    expect(JSON.parse((await lastAudit(db)).detail)).toMatchObject({ endedTokens: 1 })
  })

  it('is bound by its own tags and by its owner’s', async () => {
    const { db } = test.current()
    const [both, web, office] = await Promise.all([
      makeHost(db, { name: 'both', tagged: ['web', 'office'] }),
      makeHost(db, { name: 'web', tagged: ['web'] }),
      makeHost(db, { name: 'office', tagged: ['office'] }),
    ])
    await setHostTags(commandLine, { userId: owner.user.id, tags: ['office'] })
    const token = await tokenOf({ tags: ['web'] })
    const plan = operations.find(({ id }) => id === 'planChange') as Operation
    const statuses = await Promise.all(
      [both, web, office].map(
        async ({ id }) => (await ask(plan, token, { agentId: 'x', desired: {}, hostIds: [id] })).status,
      ),
    )
    expect(statuses).toEqual([404, 403, 403])
  })

  it('what it does stands under its owner and its name', async () => {
    const { db } = test.current()
    const token = await tokenOf({ role: 'viewer' })
    const plan = operations.find(({ id }) => id === 'planChange') as Operation
    expect((await ask(plan, token, {})).status).toBe(403)
    const row = await db.auditRow.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(row).toMatchObject({
      actor: 'Bob (token deploy)',
      actorId: owner.user.id,
      outcome: 'refused',
      label: 'plan a change',
    })
  })

  it('is limited: 120 requests a minute, then 429 with when to come again', async () => {
    const [token, other] = [await tokenOf(), await tokenOf()]
    const answers = await Promise.all(Array.from({ length: 125 }, () => askHosts(token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(120)
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await askHosts(other)).status).toBe(200)
  })

  it('guessed ones are limited per machine', async () => {
    const request = { socket: { remoteAddress: '192.0.2.9' }, headers: {} as Record<string, string> }
    notePeer(request as never)
    const from = (token: string) => askHosts(token, request.headers)
    const guesses = await Promise.all(Array.from({ length: 61 }, () => from(`pollux_${'x'.repeat(43)}`)))
    expect(guesses.map(({ status }) => status)).toContain(401)
    expect((await from(await tokenOf())).status).toBe(423)
  })

  it('waits for a second factor that its owner must have', async () => {
    const token = await tokenOf()
    await requireSecondFactor(commandLine, { required: true })
    const { status, body } = await askHosts(token)
    expect([status, body.error.message]).toEqual([403, expect.stringContaining('second factor')])
  })
})

describe('makeApiToken', () => {
  const make = (wish: object) =>
    makeApiToken(owner.ctx, { name: 'n', role: 'viewer', days: 1, password: testPassword, ...wish }).then(
      () => null,
      (error: { fields?: Record<string, string> }) => Object.keys(error.fields ?? {}),
    )

  it.each([
    ['a role above the own one', { role: 'admin' }, 'role'],
    ['more than a year', { days: 366 }, 'days'],
    ['no day at all', { days: 0 }, 'days'],
    ['no name', { name: ' ' }, 'name'],
    ['another password', { password: 'not this one' }, 'password'],
  ])('refuses %s', async (_, wish, field) => {
    expect(await make(wish)).toEqual([field])
    expect(await test.current().db.apiToken.count()).toBe(0)
  })
})

describe('the API', () => {
  it.each(operations.map((operation) => [operation.id, operation as Operation] as const))(
    '%s asks for its role',
    async (_, operation) => {
      const { db } = test.current()
      const ranks: readonly Role[] = ['viewer', 'operator', 'admin']
      const lowest = ranks.indexOf(lowestRoleOf(operation.right))
      const admin = await makeSignedIn(db, { name: 'Root', email: 'root@example.org', role: 'admin' })
      const input = { changeId: 7, id: 'x', agentId: 'x', desired: {}, hostIds: ['x'], digest: 'd'.repeat(64) }
      for (const role of ranks) {
        const { status } = await ask(operation, await tokenOf({ of: admin, role }), input)
        expect(status === 403).toBe(ranks.indexOf(role) < lowest)
        expect([200, 400, 403, 404, 409]).toContain(status)
      }
    },
  )

  it('says what is wrong with a body', async () => {
    const plan = operations.find(({ id }) => id === 'planChange') as Operation
    const token = await tokenOf()
    const { status, body } = await ask(plan, token, { agentId: 'x', desired: {}, hostIds: [] })
    expect([status, body.error.fields]).toEqual([400, { hostIds: 'Choose at least one host.' }])
    for (const text of ['{', '[]', '"x"', JSON.stringify({ agentId: 'x'.repeat(1024 * 1024) })]) {
      const headers = { authorization: `Bearer ${token}` }
      const request = new Request('http://127.0.0.1/api/v1/changes', { method: 'POST', headers, body: text })
      expect((await apiRoute(plan)(request, { params: Promise.resolve({}) })).status).toBe(400)
    }
  })

  it('has a route for each operation, and describes each, and no other', () => {
    const files = readdirSync('app/api/v1', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('route.ts'),
    )
    const routes = files.map(
      (name) =>
        `/api/v1/${name
          .replace(/\/route\.ts$/, '')
          .replaceAll('[', '{')
          .replaceAll(']', '}')}`,
    )
    const described = openApi('1').paths as Record<string, Record<string, unknown>>
    const paths = [...new Set(operations.map(({ path }) => path))]
    expect(Object.keys(described).toSorted()).toEqual(paths.toSorted())
    expect(routes.filter((path) => path !== '/api/v1/openapi.json').toSorted()).toEqual(paths.toSorted())
    const [approve] = [described['/api/v1/changes/{changeId}/approve']?.['post']] as {
      requestBody: object
      parameters: object
    }[]
    expect(approve?.parameters).toMatchObject([
      { name: 'changeId', in: 'path', required: true, schema: { type: 'integer' } },
    ])
    expect(JSON.stringify(approve?.requestBody)).toContain('"digest"')
    expect(JSON.stringify(approve?.requestBody)).not.toContain('"changeId"')
  })
})
