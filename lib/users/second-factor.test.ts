import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/current-actor'
import { findTotpStep, totpCode } from '@/lib/auth/second-factor/totp'
import { signIn } from '@/lib/auth/sign-in'
import { makeSignedIn, openTestSession, testPassword } from '@/lib/auth/test-session'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { beginSecondFactor } from './begin-second-factor'
import { changeOwnPassword } from './change-own-password'
import { confirmSecondFactor } from './confirm-second-factor'
import { makeRecoveryCodes } from './make-recovery-codes'
import { resetUser } from './make-reset-link'
import { requireSecondFactor } from './require-second-factor'
import { ownSecondFactor } from './second-factor-state'
import { resetPassword } from './sign-up'
import { takeSecondFactor } from './take-second-factor'
import { turnOffSecondFactor } from './turn-off-second-factor'

const test = withTestStore()
const nobody: Ctx = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' }
const commandLine: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }
const email = 'ada@example.org'
const password = testPassword

let ada: Awaited<ReturnType<typeof makeSignedIn>>
beforeEach(async () => {
  ada = await makeSignedIn(test.current().db, { name: 'Ada', email })
})

/** Sets up Ada's second factor; `at` is when the code was shown that confirmed it. */
async function setUp(at = Date.now()) {
  const { secret } = await beginSecondFactor(ada.ctx)
  const code = totpCode(secret, at)
  const { recoveryCodes } = await confirmSecondFactor(ada.ctx, { password, code }, ada.headers)
  return { secret, recoveryCodes, code }
}

/** The code that comes after the one of now: the one of now was used to confirm. */
const nextCode = (secret: string) => totpCode(secret, Date.now() + 30_000)

const tryIn = (code = '', word = password) => signIn(nobody, { email, password: word, code }, new Headers())

describe('setting it up', () => {
  it('counts only once a code was shown, is recorded, and ends the sessions that the password alone opened', async () => {
    const { db } = test.current()
    const elsewhere = await openTestSession(email)
    const { secret } = await beginSecondFactor(ada.ctx)
    expect(await tryIn()).toEqual({ needsCode: false })
    const wrong = await refusalOf(confirmSecondFactor(ada.ctx, { password, code: wrongCode(secret) }, ada.headers))
    expect(wrong.fields).toHaveProperty('code')
    const noPassword = confirmSecondFactor(ada.ctx, { password: 'not this one', code: totpCode(secret) }, ada.headers)
    expect((await refusalOf(noPassword)).fields).toHaveProperty('password')
    expect(await ownSecondFactor(ada.ctx)).toMatchObject({ since: null })
    const { recoveryCodes } = await confirmSecondFactor(ada.ctx, { password, code: totpCode(secret) }, ada.headers)
    expect(new Set(recoveryCodes).size).toBe(10)
    expect(await ownSecondFactor(ada.ctx)).toMatchObject({ since: expect.any(Date), codesLeft: 10 })
    expect(await lastAudit(db)).toMatchObject({ verb: 'set up second factor', objectId: ada.user.id, outcome: 'done' })
    expect([await findActor(ada.headers), await findActor(elsewhere)]).toEqual([expect.anything(), null])
  })

  it('keeps the secret sealed and of the recovery codes the hashes alone', async () => {
    const { db } = test.current()
    const { secret, recoveryCodes } = await setUp()
    const rows = [await db.secondFactor.findMany(), await db.recoveryCode.findMany(), await db.auditRow.findMany()]
    const [factor] = await db.secondFactor.findMany()
    const kept = `${JSON.stringify(rows)}${Buffer.from(factor?.sealedSecret ?? []).toString('latin1')}`
    for (const word of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(kept).not.toContain(word)
  })

  it('is refused where there is one: another takes its end first', async () => {
    await setUp()
    expect(await refusalOf(beginSecondFactor(ada.ctx))).toMatchObject({ code: 'conflict' })
  })
})

describe('signing in with a second factor', () => {
  it('takes password and code together, and nothing less', async () => {
    const { db } = test.current()
    const { secret } = await setUp()
    const before = await db.session.count()
    expect(await tryIn()).toEqual({ needsCode: true })
    expect(await refusalOf(tryIn(nextCode(secret), 'not this one'))).toMatchObject({ code: 'unauthenticated' })
    expect((await refusalOf(tryIn(wrongCode(secret)))).fields).toHaveProperty('code')
    expect(await db.session.count()).toBe(before)
    expect(await tryIn(nextCode(secret))).toEqual({ needsCode: false })
    expect(await db.session.count()).toBe(before + 1)
    const rows = await db.auditRow.findMany({ where: { object: 'session' }, orderBy: { id: 'asc' } })
    expect(rows.map((row) => [row.verb, row.outcome, row.detail])).toEqual([
      ['give right password', 'done', '{}'],
      ['sign in', 'refused', '{}'],
      ['sign in', 'refused', '{"code":"wrong"}'],
      ['sign in', 'done', '{}'],
    ])
  })

  it('a code can not be replayed, nor one that is older than the last', async () => {
    const { secret, code } = await setUp()
    expect((await refusalOf(tryIn(code))).fields).toHaveProperty('code')
    const next = nextCode(secret)
    const ends = await Promise.allSettled([tryIn(next), tryIn(next), tryIn(next)])
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
    expect((await refusalOf(tryIn(totpCode(secret)))).fields).toHaveProperty('code')
  })

  it('wrong codes count in the sign-in limit, and a right password in between takes none of them back', async () => {
    const { secret } = await setUp()
    const codes: (string | undefined)[] = []
    for (let tries = 0; tries < 12; tries += 1) {
      await tryIn().catch(() => {})
      codes.push((await refusalOf(tryIn(wrongCode(secret)))).code)
    }
    expect(codes.filter((code) => code === 'invalid')).toHaveLength(8)
    expect(await refusalOf(tryIn(nextCode(secret)))).toMatchObject({ code: 'locked' })
  })

  it('wrong recovery codes count in the sign-in limit', async () => {
    const { recoveryCodes } = await setUp()
    const tries = await Promise.all(Array.from({ length: 10 }, () => refusalOf(tryIn('aaaa-bbbb-cccc-dddd'))))
    expect(tries.filter((refusal) => refusal.code === 'invalid')).toHaveLength(8)
    expect(await refusalOf(tryIn(recoveryCodes[0]))).toMatchObject({ code: 'locked' })
  })

  it('takes each recovery code once, however it is typed', async () => {
    const { db } = test.current()
    const { recoveryCodes } = await setUp()
    const [first = '', second = ''] = recoveryCodes
    expect(await tryIn(first)).toEqual({ needsCode: false })
    expect(JSON.parse((await lastAudit(db)).detail)).toEqual({ code: 'a recovery code' })
    expect((await refusalOf(tryIn(first))).fields).toHaveProperty('code')
    expect(await tryIn(second.replaceAll('-', ' ').toUpperCase())).toEqual({ needsCode: false })
    expect(await ownSecondFactor(ada.ctx)).toMatchObject({ codesLeft: 8 })
  })

  it('takes no recovery code of somebody else', async () => {
    const { recoveryCodes } = await setUp()
    const { db } = test.current()
    const bob = await makeSignedIn(db, { email: 'bob@example.org' })
    await db.recoveryCode.updateMany({ data: { userId: bob.user.id } })
    expect((await refusalOf(tryIn(recoveryCodes[0]))).fields).toHaveProperty('code')
  })

  it('still asks for it after a new password', async () => {
    const { secret } = await setUp()
    const { token } = await resetUser(commandLine, { email })
    await resetPassword(nobody, { token, password: 'correct horse battery staple' })
    expect(await tryIn('', 'correct horse battery staple')).toEqual({ needsCode: true })
    expect(await tryIn(nextCode(secret), 'correct horse battery staple')).toEqual({ needsCode: false })
  })
})

describe('makeRecoveryCodes', () => {
  it('ends the earlier ones, by the password alone', async () => {
    const { db } = test.current()
    const { recoveryCodes } = await setUp()
    expect((await refusalOf(makeRecoveryCodes(ada.ctx, { password: 'not this one' }))).fields).toHaveProperty(
      'password',
    )
    const made = await makeRecoveryCodes(ada.ctx, { password })
    expect(await lastAudit(db)).toMatchObject({ verb: 'make recovery codes', objectId: ada.user.id })
    expect((await refusalOf(tryIn(recoveryCodes[0]))).fields).toHaveProperty('code')
    expect(await tryIn(made.recoveryCodes[0])).toEqual({ needsCode: false })
  })

  it('is refused without a second factor', async () => {
    expect(await refusalOf(makeRecoveryCodes(ada.ctx, { password }))).toMatchObject({ code: 'conflict' })
  })
})

describe('turnOffSecondFactor', () => {
  it('takes the password and a code, and is recorded', async () => {
    const { db } = test.current()
    const { secret, code } = await setUp()
    const off = (word: string, typed: string) => turnOffSecondFactor(ada.ctx, { password: word, code: typed })
    expect((await refusalOf(off('not this one', nextCode(secret)))).fields).toHaveProperty('password')
    expect((await refusalOf(off(password, code))).fields).toHaveProperty('code')
    await off(password, nextCode(secret))
    expect(await lastAudit(db)).toMatchObject({ verb: 'turn off second factor', outcome: 'done' })
    expect([await db.secondFactor.count(), await db.recoveryCode.count()]).toEqual([0, 0])
    expect(await tryIn()).toEqual({ needsCode: false })
  })

  it('codes that are tried in an open browser count with the own password’s limit', async () => {
    const { secret } = await setUp()
    const off = () => refusalOf(turnOffSecondFactor(ada.ctx, { password, code: wrongCode(secret) }))
    const tries = await Promise.all(Array.from({ length: 9 }, off))
    expect(tries.filter((refusal) => refusal.code === 'locked')).toHaveLength(1)
    const change = changeOwnPassword(ada.ctx, { current: password, password: 'correct horse battery' }, ada.headers)
    expect(await refusalOf(change)).toMatchObject({ code: 'locked' })
  })
})

describe('a lost second factor', () => {
  it('an admin takes away: every session of that person ends, and it is recorded', async () => {
    const { db } = test.current()
    await setUp()
    const eve = await makeSignedIn(db, { name: 'Eve', email: 'eve@example.org', role: 'admin' })
    await takeSecondFactor(eve.ctx, { userId: ada.user.id })
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'take second factor', objectId: ada.user.id, actor: 'Eve' })
    expect(JSON.parse(audit.detail)).toEqual({ endedSessions: 1 })
    expect([await findActor(ada.headers), await findActor(eve.headers)]).toEqual([null, expect.anything()])
    expect(await tryIn()).toEqual({ needsCode: false })
    expect(await refusalOf(takeSecondFactor(eve.ctx, { userId: eve.user.id }))).toMatchObject({ code: 'conflict' })
    expect(await refusalOf(takeSecondFactor(eve.ctx, { userId: ada.user.id }))).toMatchObject({ code: 'conflict' })
  })

  it('the machine’s own command line takes away on request, and only then', async () => {
    const { db } = test.current()
    await setUp()
    expect(await resetUser(commandLine, { email })).toMatchObject({ hasSecondFactor: true })
    expect(await db.secondFactor.count()).toBe(1)
    expect(await resetUser(commandLine, { email, secondFactor: true })).toMatchObject({ hasSecondFactor: false })
    expect(JSON.parse((await lastAudit(db)).detail)).toEqual({
      endedSessions: 0,
      endedTokens: 0,
      tookSecondFactor: true,
    })
    expect(await tryIn()).toEqual({ needsCode: false })
  })
})

describe('a second factor that everybody must have', () => {
  it('shuts who has none out of everything until it is set up', async () => {
    const { db } = test.current()
    await requireSecondFactor(commandLine, { required: true })
    expect(await lastAudit(db)).toMatchObject({ verb: 'require second factor', object: 'setting' })
    expect(await findActor(ada.headers)).toBeNull()
    await setUp()
    expect(await findActor(ada.headers)).toMatchObject({ name: 'Ada' })
  })

  it('is recorded once, and can be taken back', async () => {
    const { db } = test.current()
    await requireSecondFactor(commandLine, { required: true })
    await requireSecondFactor(commandLine, { required: true })
    await requireSecondFactor(commandLine, { required: false })
    expect(await db.auditRow.count({ where: { object: 'setting' } })).toBe(2)
    expect(await findActor(ada.headers)).not.toBeNull()
  })
})

it.each(['viewer', 'operator'] as const)('a %s takes none away, and asks it of nobody', async (role) => {
  const { db } = test.current()
  await setUp()
  const rows = await db.auditRow.count()
  expect(await refusalOf(takeSecondFactor(someone(role), { userId: ada.user.id }))).toMatchObject({ code: 'forbidden' })
  expect(await refusalOf(requireSecondFactor(someone(role), { required: true }))).toMatchObject({ code: 'forbidden' })
  expect([await db.secondFactor.count(), await db.auditRow.count()]).toEqual([1, rows])
})

/** Six digits that no step near now has. */
function wrongCode(secret: string): string {
  const isFree = (code: string) =>
    findTotpStep(secret, code) === null && findTotpStep(secret, code, Date.now() + 30_000) === null
  return ['000000', '000001', '000002', '000003', '000004', '000005', '000006'].find(isFree) ?? ''
}
