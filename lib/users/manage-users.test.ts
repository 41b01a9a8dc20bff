import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { takeLink } from '@/lib/auth/one-time-link'
import { ctxOfUser, makeSignedIn } from '@/lib/auth/test-session'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { makeUser } from '@/prisma/factories'
import { cancelInvite } from './cancel-invite'
import { changeRole } from './change-role'
import { inviteUser } from './invite-user'
import { listUsers } from './list-users'
import { makeResetLink, resetUser } from './make-reset-link'
import { removeUser } from './remove-user'
import { resetPassword } from './sign-up'

const test = withTestStore()
const commandLine: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }

let ada: { id: string; name: string }
let admin: Ctx
beforeEach(async () => {
  ada = await makeUser(test.current().db, { name: 'Ada', email: 'ada@example.org', role: 'admin' })
  admin = ctxOfUser(ada, 'admin')
})

describe('inviteUser', () => {
  it('gives the token once, keeps who may come and as what, and records it', async () => {
    const { db } = test.current()
    const { token } = await inviteUser(admin, { email: ' Bob@Example.org', role: 'operator' })
    expect(await lastAudit(db)).toMatchObject({ verb: 'invite user', label: 'bob@example.org', actor: 'Ada' })
    expect(JSON.stringify([await db.oneTimeLink.findMany(), await db.auditRow.findMany()])).not.toContain(token)
    const link = await work((tx) => takeLink(tx, token, 'invite'))
    expect(link).toMatchObject({ email: 'bob@example.org', role: 'operator', createdBy: ada.id })
  })

  it('ends the invitation before, and refuses an address that is a user', async () => {
    const first = await inviteUser(admin, { email: 'bob@example.org', role: 'operator' })
    await inviteUser(admin, { email: 'bob@example.org', role: 'viewer' })
    expect(await refusalOf(work((tx) => takeLink(tx, first.token, 'invite')))).toMatchObject({ code: 'expired' })
    const taken = await refusalOf(inviteUser(admin, { email: 'ADA@example.org', role: 'viewer' }))
    expect(taken.fields).toHaveProperty('email', 'Ada is a user with this address already.')
  })
})

describe('listUsers', () => {
  it('tells who there is, with sessions and open invitations', async () => {
    const { db } = test.current()
    await makeSignedIn(db, { name: 'Bob', role: 'viewer' })
    await inviteUser(admin, { email: 'cy@example.org', role: 'operator' })
    await inviteUser(admin, { email: 'old@example.org', role: 'operator' })
    await db.oneTimeLink.updateMany({ where: { email: 'old@example.org' }, data: { expiresAt: new Date(0) } })
    const { users, invites } = await listUsers(admin)
    expect(users.map((user) => [user.name, user.role, user.sessions])).toEqual([
      ['Ada', 'admin', 0],
      ['Bob', 'viewer', 1],
    ])
    expect(invites).toMatchObject([{ email: 'cy@example.org', role: 'operator', invitedBy: 'Ada' }])
    expect(JSON.stringify(invites)).not.toContain('tokenHash')
  })
})

describe('cancelInvite', () => {
  it('ends an open invitation once, and records it', async () => {
    const { db } = test.current()
    const { token } = await inviteUser(admin, { email: 'bob@example.org', role: 'viewer' })
    const inviteId = (await listUsers(admin)).invites[0]?.id ?? ''
    await cancelInvite(admin, { inviteId })
    expect(await lastAudit(db)).toMatchObject({ verb: 'cancel invitation', label: 'bob@example.org' })
    expect(await refusalOf(work((tx) => takeLink(tx, token, 'invite')))).toMatchObject({ code: 'expired' })
    expect(await refusalOf(cancelInvite(admin, { inviteId }))).toMatchObject({ code: 'not-found' })
  })
})

describe('changeRole', () => {
  it('gives another role, records both, and is nothing the second time', async () => {
    const { db } = test.current()
    const bob = await makeUser(db, { role: 'viewer', email: 'bob@example.org' })
    await changeRole(admin, { userId: bob.id, role: 'operator' })
    expect((await db.user.findUniqueOrThrow({ where: { id: bob.id } })).role).toBe('operator')
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'change role', objectId: bob.id, label: 'bob@example.org' })
    expect(JSON.parse(audit.detail)).toEqual({ before: 'viewer', after: 'operator', endedSessions: 0, endedTokens: 0 })
    await changeRole(admin, { userId: bob.id, role: 'operator' })
    expect(await db.auditRow.count()).toBe(1)
  })

  it('never takes the role of the last admin, also when two take each other’s', async () => {
    const { db } = test.current()
    const last = await refusalOf(changeRole(commandLine, { userId: ada.id, role: 'viewer' }))
    expect(last).toMatchObject({ code: 'conflict', userMessage: expect.stringContaining('last admin') })
    const eve = await makeUser(db, { role: 'admin' })
    const ends = await Promise.allSettled([
      changeRole(admin, { userId: eve.id, role: 'viewer' }),
      changeRole(ctxOfUser(eve, 'admin'), { userId: ada.id, role: 'viewer' }),
    ])
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db.user.count({ where: { role: 'admin' } })).toBe(1)
  })

  it('is not for the own role', async () => {
    await makeUser(test.current().db, { role: 'admin' })
    expect(await refusalOf(changeRole(admin, { userId: ada.id, role: 'viewer' }))).toMatchObject({ code: 'conflict' })
  })

  it('takes with the admin’s role the links that he made', async () => {
    const { db } = test.current()
    const eve = await makeUser(db, { role: 'admin' })
    await inviteUser(ctxOfUser(eve, 'admin'), { email: 'bob@example.org', role: 'admin' })
    await changeRole(admin, { userId: eve.id, role: 'operator' })
    expect(await db.oneTimeLink.count()).toBe(0)
  })
})

describe('removeUser', () => {
  it('takes sessions and links along, and records it', async () => {
    const { db } = test.current()
    const { user } = await makeSignedIn(db, { name: 'Bob', email: 'bob@example.org' })
    await makeResetLink(admin, { userId: user.id })
    await inviteUser(ctxOfUser(user, 'admin'), { email: 'cy@example.org', role: 'admin' })
    await removeUser(admin, { userId: user.id, typedName: 'Bob' })
    expect(await Promise.all([db.user.count(), db.session.count(), db.oneTimeLink.count()])).toEqual([1, 0, 0])
    expect(await lastAudit(db)).toMatchObject({ verb: 'remove user', objectId: user.id, label: 'bob@example.org' })
  })

  it('asks for the name, and never removes oneself or the last admin', async () => {
    const { db } = test.current()
    const bob = await makeUser(db, { name: 'Bob', role: 'viewer' })
    const other = await refusalOf(removeUser(admin, { userId: bob.id, typedName: 'bob' }))
    expect(other.fields).toHaveProperty('typedName')
    const last = await refusalOf(removeUser(commandLine, { userId: ada.id, typedName: 'Ada' }))
    expect(last).toMatchObject({ code: 'conflict' })
    const self = await refusalOf(removeUser(admin, { userId: ada.id, typedName: 'Ada' }))
    expect(self).toMatchObject({ code: 'conflict' })
    const gone = await refusalOf(removeUser(admin, { userId: 'nobody', typedName: 'x' }))
    expect(gone).toMatchObject({ code: 'not-found' })
    expect(await db.user.count()).toBe(2)
  })
})

describe('makeResetLink', () => {
  it('makes one that sets a password; the one before ends; it is recorded', async () => {
    const { db } = test.current()
    const { user } = await makeSignedIn(db, { email: 'bob@example.org' })
    const first = await makeResetLink(admin, { userId: user.id })
    const { token } = await makeResetLink(admin, { userId: user.id })
    expect(await lastAudit(db)).toMatchObject({ verb: 'make reset link', objectId: user.id, actor: 'Ada' })
    expect(await db.session.count()).toBe(1)
    const password = 'correct horse battery staple'
    expect(await refusalOf(resetPassword(commandLine, { token: first.token, password }))).toMatchObject({
      code: 'expired',
    })
    await resetPassword(commandLine, { token, password })
    expect(await db.session.count()).toBe(0)
  })

  it('is not for oneself', async () => {
    expect(await refusalOf(makeResetLink(admin, { userId: ada.id }))).toMatchObject({ code: 'conflict' })
  })
})

describe('resetUser', () => {
  it('ends the sessions at once, and records it as the command line’s', async () => {
    const { db } = test.current()
    await makeSignedIn(db, { email: 'bob@example.org' })
    await resetUser(commandLine, { email: 'Bob@example.org' })
    expect(await db.session.count()).toBe(0)
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'make reset link', actor: 'command line', label: 'bob@example.org' })
    expect(JSON.parse(audit.detail)).toEqual({ endedSessions: 1, endedTokens: 0, tookSecondFactor: false })
  })

  it('says of an unknown address how many are known', async () => {
    const refusal = await refusalOf(resetUser(commandLine, { email: 'eve@example.org' }))
    expect(refusal).toMatchObject({ code: 'not-found', userMessage: expect.stringContaining('1 address is known') })
  })
})

describe.each(['viewer', 'operator'] as const)('a %s', (role) => {
  it.each([
    ['invites nobody', (ctx: Ctx) => inviteUser(ctx, { email: 'x@example.org', role: 'viewer' })],
    ['cancels no invitation', (ctx: Ctx) => cancelInvite(ctx, { inviteId: 'x' })],
    ['lists nobody', (ctx: Ctx) => listUsers(ctx)],
    ['changes no role', (ctx: Ctx) => changeRole(ctx, { userId: ada.id, role: 'viewer' })],
    ['removes nobody', (ctx: Ctx) => removeUser(ctx, { userId: ada.id, typedName: 'Ada' })],
    ['makes no reset link', (ctx: Ctx) => makeResetLink(ctx, { userId: ada.id })],
    ['resets nobody', (ctx: Ctx) => resetUser(ctx, { email: 'ada@example.org' })],
  ])('%s', async (_, run) => {
    const { db } = test.current()
    expect(await refusalOf(run(someone(role)))).toMatchObject({ code: 'forbidden' })
    expect([await db.user.count(), await db.oneTimeLink.count(), await db.auditRow.count()]).toEqual([1, 0, 0])
  })
})
