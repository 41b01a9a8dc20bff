import { beforeEach, expect, it } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/current-actor'
import { onRevocation } from '@/lib/auth/revocation'
import { makeSignedIn, openTestSession, testPassword } from '@/lib/auth/test-session'
import { withTestStore } from '@/lib/db/test-store'
import { changeOwnPassword } from './change-own-password'
import { changeRole } from './change-role'
import { makeResetLink } from './make-reset-link'
import { removeUser } from './remove-user'
import { revokeSession } from './revoke-session'
import { resetPassword } from './sign-up'

// What streams hear when somebody loses a session or a right: behind the deed, so that a look at the session sees it done.
const test = withTestStore()
const password = 'correct horse battery staple'

let admin: Ctx
let bob: Awaited<ReturnType<typeof makeSignedIn>>
/** Bob's role at each telling; null without a session. */
let told: Promise<string | null>[]
beforeEach(async () => {
  const { db } = test.current()
  admin = (await makeSignedIn(db, { name: 'Ada' })).ctx
  bob = await makeSignedIn(db, { name: 'Bob', role: 'operator' })
  told = []
  onRevocation(() => void told.push(findActor(bob.headers).then((actor) => actor?.role ?? null)))
})

it.each([
  ['revokeSession', () => endSession(), null],
  ['changeRole', () => changeRole(admin, { userId: bob.user.id, role: 'viewer' }), 'viewer'],
  ['removeUser', () => removeUser(admin, { userId: bob.user.id, typedName: 'Bob' }), null],
  ['changeOwnPassword', () => changePassword(), null],
  ['resetPassword', () => reset(), null],
])('%s tells streams at once', async (_, deed, role) => {
  await deed()
  const seen = await Promise.all(told)
  expect(seen.length).toBe(1)
  // A role that changes may end the session as well.
  expect([role, null]).toContain(seen[0])
})

async function endSession(): Promise<void> {
  const { id } = await test.current().db.session.findFirstOrThrow({ where: { userId: bob.user.id } })
  await revokeSession(bob.ctx, { sessionId: id })
}

async function changePassword(): Promise<void> {
  const elsewhere = await openTestSession(bob.user.email)
  await changeOwnPassword(bob.ctx, { current: testPassword, password }, elsewhere)
}

async function reset(): Promise<void> {
  const { token } = await makeResetLink(admin, { userId: bob.user.id })
  await resetPassword({ actor: { kind: 'system', name: 'nobody' }, requestId: 'test' }, { token, password })
}
