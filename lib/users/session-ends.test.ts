import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/current-actor'
import { makeSignedIn, openTestSession, testPassword } from '@/lib/auth/test-session'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { eventStream } from '@/lib/stream/event-stream'
import { changeOwnPassword } from './change-own-password'
import { changeRole } from './change-role'
import { endSessions } from './end-sessions'
import { listSessionsOf } from './list-sessions'
import { makeResetLink, resetUser } from './make-reset-link'
import { removeUser } from './remove-user'
import { requireSecondFactor } from './require-second-factor'
import { revokeSession } from './revoke-session'
import { setHostTags } from './set-host-tags'
import { resetPassword } from './sign-up'

const test = withTestStore()
const commandLine: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }
const password = 'correct horse battery staple'

let bob: Awaited<ReturnType<typeof makeSignedIn>>
let elsewhere: Headers
let userId: string
beforeEach(async () => {
  // Without the look that a stream takes every 30 s: what ends it must tell it.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { db } = test.current()
  await makeSignedIn(db, { name: 'Ada', email: 'ada@example.org' })
  bob = await makeSignedIn(db, { name: 'Bob', email: 'bob@example.org', role: 'operator' })
  elsewhere = await openTestSession('bob@example.org', 'Firefox/1 Linux')
  userId = bob.user.id
})

afterEach(() => void vi.useRealTimers())

/** An open stream of Bob's other browser; resolves when it was closed. */
async function openStream(): Promise<{ isClosed(): boolean; closed: Promise<void> }> {
  let closed = false
  const response = eventStream(new Request('http://pollux.invalid/stream'), {
    next: async () => 'part',
    isLast: () => false,
    watch: () => () => {},
    mayRead: async () => (await findActor(elsewhere)) !== null,
  })
  const reader = response.body?.getReader()
  if (!reader) throw new Error('expected a body')
  await reader.read()
  const ending = async () => {
    while (!(await reader.read()).done);
    closed = true
  }
  return { isClosed: () => closed, closed: ending() }
}

const sessionOf = async (headers: Headers) => {
  const rows = await listSessionsOf(commandLine, userId)
  const isFirefox = headers === elsewhere
  return rows.find((row) => row.userAgent.startsWith('Firefox') === isFirefox)?.id ?? ''
}

describe('a session and its streams end at once', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['when the role changes', () => changeRole(commandLine, { userId, role: 'viewer' })],
    ['when the person is removed', () => removeUser(commandLine, { userId, typedName: 'Bob' })],
    [
      'when the password is changed elsewhere',
      () => changeOwnPassword(bob.ctx, { current: testPassword, password }, bob.headers),
    ],
    [
      'when the password is reset by a link',
      async () => resetPassword(commandLine, { ...(await makeResetLink(commandLine, { userId })), password }),
    ],
    ['when the machine’s command line resets', () => resetUser(commandLine, { email: 'bob@example.org' })],
    ['when an admin ends all', () => endSessions(commandLine, { userId, sessionId: null })],
    ['when an admin ends it', async () => endSessions(commandLine, { userId, sessionId: await sessionOf(elsewhere) })],
    ['when its owner ends it elsewhere', async () => revokeSession(bob.ctx, { sessionId: await sessionOf(elsewhere) })],
    [
      'when a second factor is asked of everybody, and there is none',
      () => requireSecondFactor(commandLine, { required: true }),
    ],
  ])('%s', async (_, end) => {
    const stream = await openStream()
    expect(await findActor(elsewhere)).toMatchObject({ name: 'Bob' })
    await end()
    expect(await findActor(elsewhere)).toBeNull()
    await stream.closed
  })

  it('and not otherwise: a stream goes on while another’s session ends', async () => {
    const stream = await openStream()
    await setHostTags(commandLine, { userId, tags: ['web'] })
    await endSessions(commandLine, { userId, sessionId: await sessionOf(bob.headers) })
    expect([await findActor(bob.headers), await findActor(elsewhere)]).toMatchObject([null, { name: 'Bob' }])
    expect(stream.isClosed()).toBe(false)
    await endSessions(commandLine, { userId, sessionId: null })
    await stream.closed
  })

  it('whoever deletes sessions or users tells the open streams', () => {
    const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^(?!.*\btest).*\.ts$/.test(name),
    )
    const ending = files.filter((name) => /\b(session|user)\.delete/.test(readFileSync(`lib/${name}`, 'utf8')))
    expect(ending.length).toBeGreaterThan(6)
    const silent = ending.filter((name) => !readFileSync(`lib/${name}`, 'utf8').includes('workEndingSessions'))
    // A session that could not be recorded was never told to its browser; a store is restored while nobody serves it.
    expect(silent.sort()).toEqual(['auth/sign-in.ts', 'backup/restore-backup.ts'])
  })
})

describe('endSessions', () => {
  it('is the admin’s, is recorded, and takes no session of somebody else', async () => {
    const { db } = test.current()
    expect(await refusalOf(endSessions(someone('operator'), { userId, sessionId: null }))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusalOf(listSessionsOf(someone('operator'), userId))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(endSessions(bobAsAdmin(), { userId, sessionId: null }))).toMatchObject({ code: 'conflict' })
    const other = await db.session.findFirstOrThrow({ where: { userId: { not: userId } } })
    await endSessions(commandLine, { userId, sessionId: other.id })
    expect([await db.session.count(), await db.auditRow.count()]).toEqual([3, 0])
    await endSessions(commandLine, { userId, sessionId: null })
    const audit = await lastAudit(db)
    expect(audit).toMatchObject({ verb: 'end sessions', objectId: userId, label: 'bob@example.org' })
    expect(JSON.parse(audit.detail)).toEqual({ endedSessions: 2 })
  })
})

function bobAsAdmin(): Ctx {
  return { actor: { kind: 'user', id: userId, name: 'Bob', role: 'admin' }, requestId: 'test' }
}
