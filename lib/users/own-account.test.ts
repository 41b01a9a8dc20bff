import { describe, expect, it } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/current-actor'
import { signIn } from '@/lib/auth/sign-in'
import { makeSignedIn, openTestSession, testPassword } from '@/lib/auth/test-session'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf } from '@/lib/inventory/testing'
import { browserName } from './browser-name'
import { changeOwnPassword } from './change-own-password'
import { listOwnSessions } from './list-sessions'
import { makeResetLink } from './make-reset-link'
import { renameSelf } from './rename-self'
import { revokeSession } from './revoke-session'

const test = withTestStore()
const commandLine: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }
const password = 'correct horse battery staple'

describe('renameSelf', () => {
  it('gives another name, and records both', async () => {
    const { db } = test.current()
    const { ctx, user, headers } = await makeSignedIn(db, { name: 'Ada', role: 'viewer' })
    await renameSelf(ctx, { name: ' Ada L. ' })
    expect(await findActor(headers)).toMatchObject({ name: 'Ada L.' })
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'rename self', objectId: user.id })
    expect(JSON.parse(audit.detail)).toEqual({ before: 'Ada', after: 'Ada L.' })
    await renameSelf(ctx, { name: 'Ada L.' })
    expect(await db.auditRow.count()).toBe(1)
    expect((await refusalOf(renameSelf(ctx, { name: '' }))).fields).toHaveProperty('name')
  })
})

describe('changeOwnPassword', () => {
  it('sets it, keeps this session alone, ends open reset links, and records it', async () => {
    const { db } = test.current()
    const { ctx, user, headers } = await makeSignedIn(db, { role: 'viewer' })
    const elsewhere = await openTestSession(user.email)
    await makeResetLink(commandLine, { userId: user.id })
    await changeOwnPassword(ctx, { current: testPassword, password }, headers)
    expect(await findActor(headers)).not.toBeNull()
    expect(await findActor(elsewhere)).toBeNull()
    expect(await db.oneTimeLink.count()).toBe(0)
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'change own password', objectId: user.id, outcome: 'done' })
    expect(JSON.parse(audit.detail)).toEqual({ endedSessions: 1 })
    expect(await refusalOf(signIn(commandLine, { email: user.email, password: testPassword }, headers))).toMatchObject({
      code: 'unauthenticated',
    })
    await signIn(commandLine, { email: user.email, password }, headers)
  })

  it('asks for the old one, records a wrong one, and stops after eight', async () => {
    const { db } = test.current()
    const { ctx, headers } = await makeSignedIn(db)
    const wrong = () => refusalOf(changeOwnPassword(ctx, { current: 'not this one', password }, headers))
    const tries = await Promise.all(Array.from({ length: 9 }, wrong))
    expect(tries.filter((refusal) => refusal.fields?.current)).toHaveLength(8)
    expect(tries.filter((refusal) => refusal.code === 'locked')).toHaveLength(1)
    expect(await lastAudit(db)).toMatchObject({ verb: 'change own password', outcome: 'refused' })
    const right = await refusalOf(changeOwnPassword(ctx, { current: testPassword, password }, headers))
    expect(right).toMatchObject({ code: 'locked' })
    // The door is another lock: whoever sits at an open browser does not shut its owner out.
    await signIn(commandLine, { email: (await db.user.findFirstOrThrow()).email, password: testPassword }, headers)
  })

  it('takes no new one that is too short', async () => {
    const { ctx, headers } = await makeSignedIn(test.current().db)
    const refusal = await refusalOf(changeOwnPassword(ctx, { current: testPassword, password: 'short' }, headers))
    expect(refusal.fields).toHaveProperty('password')
  })
})

describe('own sessions', () => {
  it('are listed with this one first, without tokens and without those of others', async () => {
    const { db } = test.current()
    const { ctx, user, headers } = await makeSignedIn(db)
    await openTestSession(user.email, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
    await makeSignedIn(db)
    const sessions = await listOwnSessions(ctx, headers)
    expect(sessions.map((session) => [session.isThis, browserName(session.userAgent)])).toEqual([
      [true, 'a test'],
      [false, 'Firefox on Linux'],
    ])
    const { token } = await db.session.findFirstOrThrow()
    expect(JSON.stringify(sessions)).not.toContain(token)
  })

  it('are ended one by one, and recorded', async () => {
    const { db } = test.current()
    const { ctx, user, headers } = await makeSignedIn(db, { role: 'viewer' })
    const elsewhere = await openTestSession(user.email)
    const other = (await listOwnSessions(ctx, headers)).find((session) => !session.isThis)
    await revokeSession(ctx, { sessionId: other?.id ?? '' })
    expect(await findActor(elsewhere)).toBeNull()
    expect(await findActor(headers)).not.toBeNull()
    expect(await lastAudit(db)).toMatchObject({ verb: 'end session', label: 'a test' })
  })

  it('are nobody else’s, not even an admin’s', async () => {
    const { db } = test.current()
    const { user, headers } = await makeSignedIn(db, { role: 'viewer' })
    const { id } = await db.session.findFirstOrThrow({ where: { userId: user.id } })
    const { ctx } = await makeSignedIn(db, { role: 'admin' })
    expect(await refusalOf(revokeSession(ctx, { sessionId: id }))).toMatchObject({ code: 'not-found' })
    expect(await findActor(headers)).not.toBeNull()
  })
})

it('is a person’s alone: the process has no account', async () => {
  const runs = [
    renameSelf(commandLine, { name: 'x' }),
    changeOwnPassword(commandLine, { current: 'x', password }, new Headers()),
    listOwnSessions(commandLine, new Headers()),
    revokeSession(commandLine, { sessionId: 'x' }),
  ]
  for (const run of runs) expect(await refusalOf(run)).toMatchObject({ code: 'forbidden' })
})
