import { describe, expect, it } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { issueFirstAdminLink, issueLink } from '@/lib/auth/one-time-link'
import { signIn } from '@/lib/auth/sign-in'
import { makeSignedIn } from '@/lib/auth/test-session'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf } from '@/lib/inventory/testing'
import { makeUser } from '@/prisma/factories'
import { acceptInvite, createFirstAdmin, resetPassword } from './sign-up'

const test = withTestStore()
const nobody: Ctx = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' }
const password = 'correct horse battery staple'
const ada = { name: 'Ada', email: 'Ada@example.org ', password }

async function firstLink(): Promise<string> {
  return (await issueFirstAdminLink())?.token ?? ''
}

describe('createFirstAdmin', () => {
  it('makes an admin who can sign in, and records it', async () => {
    const { db } = test.current()
    await createFirstAdmin(nobody, { ...ada, token: await firstLink() })
    expect(await lastAudit(db)).toMatchObject({ verb: 'create first admin', label: 'ada@example.org', actor: 'nobody' })
    await signIn(nobody, { email: 'ada@example.org', password }, new Headers())
    expect(await db.user.findMany()).toMatchObject([{ name: 'Ada', email: 'ada@example.org', role: 'admin' }])
    expect(JSON.stringify([await db.auditRow.findMany(), await db.account.findMany()])).not.toContain(password)
  })

  it('makes one of two at the same time', async () => {
    const token = await firstLink()
    const ends = await Promise.allSettled(
      ['a', 'b'].map((name) => createFirstAdmin(nobody, { ...ada, email: `${name}@example.org`, token })),
    )
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await test.current().db.user.count()).toBe(1)
  })

  it('is refused as soon as there is a user, even with a link that holds', async () => {
    const { db } = test.current()
    const token = await firstLink()
    await makeUser(db, { role: 'viewer' })
    expect(await refusalOf(createFirstAdmin(nobody, { ...ada, token }))).toMatchObject({ code: 'conflict' })
    expect(await db.user.count()).toBe(1)
  })

  it('says what is wrong at its field, and keeps the link good', async () => {
    const token = await firstLink()
    const refusal = await refusalOf(createFirstAdmin(nobody, { name: ' ', email: 'ada', password: 'short', token }))
    expect(Object.keys(refusal.fields ?? {}).sort()).toEqual(['email', 'name', 'password'])
    await createFirstAdmin(nobody, { ...ada, token })
  })

  it('takes no password that is common, nor one of the person’s own words, and keeps the link good', async () => {
    const token = await firstLink()
    for (const [wrong, words] of [
      ['password1234', 'among the first'],
      ['ada@example.org', 'Your name or address'],
    ] as const) {
      const refusal = await refusalOf(createFirstAdmin(nobody, { ...ada, password: wrong, token }))
      expect(refusal.fields?.['password']).toContain(words)
    }
    await createFirstAdmin(nobody, { ...ada, token })
  })

  it('takes no link of another purpose', async () => {
    const { token } = await work((tx) => issueLink(tx, { purpose: 'invite', email: 'a@example.org', role: 'admin' }))
    expect(await refusalOf(createFirstAdmin(nobody, { ...ada, token }))).toMatchObject({ code: 'expired' })
  })
})

describe('acceptInvite', () => {
  const invite = { purpose: 'invite', email: 'bob@example.org', role: 'operator' } as const

  it('makes the user that the invitation names, and records it', async () => {
    const { db } = test.current()
    const { token } = await work((tx) => issueLink(tx, invite))
    expect(await acceptInvite(nobody, { token, name: 'Bob', password })).toEqual({ email: 'bob@example.org' })
    expect(await db.user.findFirst()).toMatchObject({ name: 'Bob', email: 'bob@example.org', role: 'operator' })
    expect(await lastAudit(db)).toMatchObject({ verb: 'accept invitation', label: 'bob@example.org' })
  })

  it('is good once, and never for an address that is a user meanwhile', async () => {
    const [{ token }, other] = [await work((tx) => issueLink(tx, invite)), await work((tx) => issueLink(tx, invite))]
    await acceptInvite(nobody, { token, name: 'Bob', password })
    const again = await refusalOf(acceptInvite(nobody, { token, name: 'Eve', password }))
    expect(again).toMatchObject({ code: 'expired' })
    const taken = await refusalOf(acceptInvite(nobody, { token: other.token, name: 'Eve', password }))
    expect(taken).toMatchObject({ code: 'invalid' })
    expect(await test.current().db.user.count()).toBe(1)
  })
})

describe('resetPassword', () => {
  it('sets the password, ends every session and every other reset link, lifts the limit, and records it', async () => {
    const { db } = test.current()
    const { user } = await makeSignedIn(db, { email: 'ada@example.org' })
    const link = () => work((tx) => issueLink(tx, { purpose: 'reset', userId: user.id }))
    const [{ token }, other] = [await link(), await link()]
    const wrong = { email: 'ada@example.org', password: 'forgotten it' }
    for (let i = 0; i < 8; i += 1) await refusalOf(signIn(nobody, wrong, new Headers()))
    await resetPassword(nobody, { token, password })
    expect(await db.session.count()).toBe(0)
    expect(await lastAudit(db)).toMatchObject({ verb: 'reset password', objectId: user.id, label: 'ada@example.org' })
    await signIn(nobody, { email: 'ada@example.org', password }, new Headers())
    const again = await refusalOf(resetPassword(nobody, { token: other.token, password }))
    expect(again).toMatchObject({ code: 'expired' })
  })
})
