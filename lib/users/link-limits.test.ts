import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '@/lib/auth/actor'
import { issueFirstAdminLink } from '@/lib/auth/one-time-link'
import { notePeer } from '@/lib/auth/peer'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf } from '@/lib/inventory/testing'
import { makeUser } from '@/prisma/factories'
import { inviteUser } from './invite-user'
import { acceptInvite, createFirstAdmin, resetPassword } from './sign-up'

const test = withTestStore()
const nobody: Ctx = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' }
const commandLine: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }
const password = 'correct horse battery staple'
const wrong = 'x'.repeat(43)

let from: (address: string) => Headers
beforeEach(() => {
  from = (address) => {
    const socket = new Socket()
    Object.defineProperty(socket, 'remoteAddress', { value: address })
    const request = { socket, headers: {} as Record<string, string> }
    notePeer(request as unknown as IncomingMessage)
    return new Headers(request.headers)
  }
})

describe('guessed one-time links', () => {
  it.each<[string, (headers: Headers) => Promise<unknown>]>([
    [
      'of the first admin',
      (headers) => createFirstAdmin(nobody, { token: wrong, name: 'A', email: 'a@example.org', password }, headers),
    ],
    ['of an invitation', (headers) => acceptInvite(nobody, { token: wrong, name: 'A', password }, headers)],
    ['of a lost password', (headers) => resetPassword(nobody, { token: wrong, password }, headers)],
  ])('%s are limited per machine, before any password is hashed', async (_, guess) => {
    const here = from('192.0.2.7')
    const ends = await Promise.all(Array.from({ length: 70 }, () => refusalOf(guess(here))))
    const codes = ends.map(({ code }) => code)
    expect([
      codes.filter((code) => code === 'expired').length,
      codes.filter((code) => code === 'locked').length,
    ]).toEqual([60, 10])
    expect(await refusalOf(guess(from('192.0.2.8')))).toMatchObject({ code: 'expired' })
  })

  it('a link that holds, and a password that is refused, count for nothing', async () => {
    const here = from('192.0.2.7')
    const { token } = (await issueFirstAdminLink(commandLine)) ?? { token: '' }
    for (let tries = 0; tries < 3; tries += 1)
      await refusalOf(
        createFirstAdmin(
          nobody,
          { token, name: 'Adalbert Long', email: 'a@example.org', password: 'Adalbert Long' },
          here,
        ),
      )
    await createFirstAdmin(nobody, { token, name: 'Ada', email: 'a@example.org', password }, here)
  })
})

describe('an invitation', () => {
  it('expires after half an hour, and makes nobody a user then', async () => {
    const { db } = test.current()
    await makeUser(db)
    const { token, expiresAt } = await inviteUser(commandLine, {
      email: 'bob@example.org',
      role: 'operator',
      tags: ['web'],
    })
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(30 * 60_000)
    await db.oneTimeLink.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await refusalOf(acceptInvite(nobody, { token, name: 'Bob', password }))).toMatchObject({ code: 'expired' })
    await db.oneTimeLink.updateMany({ data: { expiresAt } })
    await acceptInvite(nobody, { token, name: 'Bob', password })
    const bob = await db.user.findUniqueOrThrow({ where: { email: 'bob@example.org' } })
    expect(bob).toMatchObject({ role: 'operator', hostTags: '["web"]' })
  })
})
