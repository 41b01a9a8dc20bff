import { makeUser, type UserSeed } from '@/prisma/factories'
import type { PrismaClient } from '@/prisma/generated/client/client'
import type { Ctx } from './actor'
import { auth } from './auth'

export const testPassword = 'a sentence that nobody guesses'

/** A user who has signed in: the context of verbs, and headers that carry the session. */
export async function makeSignedIn(db: PrismaClient, seed: UserSeed = {}) {
  const user = await makeUser(db, { password: testPassword, ...seed })
  return { user, ctx: ctxOfUser(user, seed.role ?? 'admin'), headers: await openTestSession(user.email) }
}

/** One more session of a user; `browser` is what it calls itself. */
export async function openTestSession(email: string, browser = 'a test'): Promise<Headers> {
  const { headers } = await auth().api.signInEmail({
    body: { email, password: testPassword },
    headers: new Headers({ 'user-agent': browser }),
    returnHeaders: true,
  })
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return new Headers({ cookie })
}

export function ctxOfUser(user: { id: string; name: string }, role: 'viewer' | 'operator' | 'admin'): Ctx {
  return { actor: { kind: 'user', id: user.id, name: user.name, role }, requestId: 'test' }
}
