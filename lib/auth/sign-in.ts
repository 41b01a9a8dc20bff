import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Ctx } from './actor'
import { auth } from './auth'
import { findPeer } from './peer'
import {
  checkPlaceLimit,
  checkSignInLimit,
  countFailedSignIn,
  countFailureFrom,
  forgetFailedSignIns,
  forgiveTryFrom,
} from './sign-in-limit'

export const SignInInput = z.object({
  email: z.string().trim().pipe(z.email('This is not an e-mail address.').max(254)),
  password: z.string().min(1, 'Type your password.').max(256, 'No password here is longer than 256 characters.'),
})

/** Signs a person in; the library sets the session's cookie. Every try is recorded. Throws `unauthenticated` or `locked`. */
export async function signIn(ctx: Ctx, input: z.output<typeof SignInInput>, headers: Headers): Promise<void> {
  const email = input.email.toLowerCase()
  const peer = findPeer(headers)
  const { token, user } = await openSession(email, input.password, headers, peer).catch(async (error: unknown) => {
    await record(ctx, email, peer, 'refused')
    throw error
  })
  // A session that is not in the record must not be: whoever holds its cookie holds nothing.
  await record(ctx, email, peer, 'done', { id: user.id, name: user.name }).catch(async (error: unknown) => {
    await work((tx) => tx.session.deleteMany({ where: { token } }))
    throw error
  })
}

async function openSession(email: string, password: string, headers: Headers, peer: string | null) {
  checkSignInLimit(email)
  if (peer) checkPlaceLimit(peer)
  countFailedSignIn(email)
  if (peer) countFailureFrom(peer)
  try {
    // For an unknown address the library hashes too, so that the time an answer takes tells nothing.
    const session = await auth().api.signInEmail({ body: { email, password }, headers })
    forgetFailedSignIns(email)
    if (peer) forgiveTryFrom(peer)
    return session
  } catch (cause) {
    if (!isRefusal(cause)) throw cause
    throw new AppError('unauthenticated', 'expected a known address and its password', {
      cause,
      userMessage: 'The address or the password is not right.',
    })
  }
}

// The library throws its own error with a status for a wrong address or password, and anything else for its own faults.
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 401
}

function record(
  ctx: Ctx,
  email: string,
  peer: string | null,
  outcome: 'done' | 'refused',
  user?: { id: string; name: string },
): Promise<void> {
  const actor = user ? { kind: 'user' as const, ...user, role: 'viewer' as const } : ctx.actor
  return work((tx) =>
    writeAudit(
      tx,
      { ...ctx, actor },
      {
        verb: 'sign in',
        object: 'session',
        label: email,
        outcome,
        objectId: user?.id,
        detail: peer ? { from: peer } : {},
      },
    ),
  )
}
