import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf } from '@/lib/inventory/testing'
import { makeUser } from '@/prisma/factories'
import type { Ctx } from './actor'
import { auth } from './auth'
import { findActor, findSessionId } from './current-actor'
import { signIn } from './sign-in'
import { makeSignedIn, testPassword } from './test-session'

const test = withTestStore()

const nobody: Ctx = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' }
const headers = new Headers({ 'user-agent': 'a test', 'x-forwarded-for': '203.0.113.9' })

function tryIn(email: string, password: string) {
  return signIn(nobody, { email, password }, headers)
}

describe('signIn', () => {
  it('opens one session, and records who', async () => {
    const { db } = test.current()
    const user = await makeUser(db, { name: 'Ada', email: 'ada@example.org', password: testPassword })
    await tryIn('Ada@Example.org', testPassword)
    const session = await db.session.findFirstOrThrow()
    expect(session).toMatchObject({ userId: user.id, userAgent: 'a test' })
    // Anybody can send this header, so it tells nothing.
    expect(session.ipAddress ?? '').toBe('')
    const row = await db.auditRow.findFirstOrThrow()
    expect(row).toMatchObject({ verb: 'sign in', outcome: 'done', actor: 'Ada', actorId: user.id })
    expect(row.label).toBe('ada@example.org')
  })

  it('refuses a wrong password and an unknown account with the same words, and records both', async () => {
    const { db } = test.current()
    await makeUser(db, { email: 'ada@example.org', password: testPassword })
    const wrong = await refusalOf(tryIn('ada@example.org', 'not this one'))
    const unknown = await refusalOf(tryIn('eve@example.org', testPassword))
    expect(wrong).toMatchObject({ code: 'unauthenticated' })
    expect(unknown).toMatchObject({ code: 'unauthenticated', userMessage: wrong.userMessage })
    const rows = await db.auditRow.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map((row) => [row.verb, row.outcome, row.actor, row.label])).toEqual([
      ['sign in', 'refused', 'nobody', 'ada@example.org'],
      ['sign in', 'refused', 'nobody', 'eve@example.org'],
    ])
    expect(await db.session.count()).toBe(0)
    expect(JSON.stringify(rows)).not.toContain(testPassword)
  })

  it('takes as long for an unknown account as for a wrong password: it costs a hash too', async () => {
    await makeUser(test.current().db, { email: 'ada@example.org', password: testPassword })
    const { password } = await auth().$context
    const { hash } = password
    let hashes = 0
    password.hash = async (text) => {
      hashes += 1
      return hash(text)
    }
    await refusalOf(tryIn('eve@example.org', testPassword))
    expect(hashes).toBe(1)
    await refusalOf(tryIn('ada@example.org', 'not this one'))
    expect(hashes).toBe(1)
  })

  it('locks after eight failures, also against many at the same time and the right password', async () => {
    const { db } = test.current()
    await makeUser(db, { email: 'ada@example.org', password: testPassword })
    const tries = await Promise.all(
      Array.from({ length: 14 }, () => refusalOf(tryIn('ada@example.org', 'not this one'))),
    )
    expect(tries.filter((refusal) => refusal.code === 'unauthenticated')).toHaveLength(8)
    expect(await refusalOf(tryIn('ada@example.org', testPassword))).toMatchObject({ code: 'locked' })
    expect(await db.auditRow.count({ where: { outcome: 'refused' } })).toBe(15)
  })

  it('leaves no session when it could not be recorded', async () => {
    const { db } = test.current()
    await makeUser(db, { email: 'ada@example.org', password: testPassword })
    await db.$executeRaw`DROP TABLE audit_row`
    await expect(tryIn('ada@example.org', testPassword)).rejects.toThrow()
    expect(await db.session.count()).toBe(0)
  })
})

describe('findActor', () => {
  it('tells who holds a session, with the role as it is now', async () => {
    const { db } = test.current()
    const { user, headers } = await makeSignedIn(db, { name: 'Ada', role: 'operator' })
    expect(await findActor(headers)).toEqual({ kind: 'user', id: user.id, name: 'Ada', role: 'operator' })
    expect(await findSessionId(headers)).toBe((await db.session.findFirstOrThrow()).id)
    await db.user.update({ where: { id: user.id }, data: { role: 'viewer' } })
    expect(await findActor(headers)).toMatchObject({ role: 'viewer' })
  })

  it.each([
    ['removed', { remove: true }],
    ['too old', { session: { expiresAt: new Date(Date.now() - 1) } }],
    ['of a banned user', { user: { banned: true } }],
    ['of a role that is none', { user: { role: 'root' } }],
  ])('takes no session that is %s', async (_, { remove, session, user }: Damage) => {
    const { db } = test.current()
    const { headers } = await makeSignedIn(db)
    if (session) await db.session.updateMany({ data: session })
    if (user) await db.user.updateMany({ data: user })
    if (remove) await db.session.deleteMany()
    expect(await findActor(headers)).toBeNull()
  })

  it('takes no cookie that was made up or changed', async () => {
    const { db } = test.current()
    const { headers } = await makeSignedIn(db)
    const { token } = await db.session.findFirstOrThrow()
    const [name] = (headers.get('cookie') ?? '').split('=')
    expect(await findActor(new Headers({ cookie: `${name}=${token}` }))).toBeNull()
    expect(await findActor(new Headers({ cookie: `${headers.get('cookie')}x` }))).toBeNull()
    expect(await findActor(new Headers())).toBeNull()
  })
})

interface Damage {
  remove?: boolean
  session?: { expiresAt: Date }
  user?: { banned?: boolean; role?: string }
}
