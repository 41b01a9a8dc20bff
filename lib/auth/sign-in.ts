import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Ctx } from './actor'
import { auth } from './auth'
import { checkSignInLimit, countFailedSignIn, forgetFailedSignIns } from './sign-in-limit'

export const SignInInput = z.object({
  email: z.email('This is not an e-mail address.').max(254),
  password: z.string().min(1, 'Type your password.').max(256, 'No password here is longer than 256 characters.'),
})

/** Signs a person in; the library sets the session's cookie. Every try is recorded. Throws `unauthenticated` or `locked`. */
export async function signIn(ctx: Ctx, input: z.output<typeof SignInInput>, headers: Headers): Promise<void> {
  const email = input.email.toLowerCase()
  try {
    checkSignInLimit(email)
    const { user } = await auth().api.signInEmail({ body: { email, password: input.password }, headers })
    forgetFailedSignIns(email)
    await record(ctx, email, 'done', { id: user.id, name: user.name })
  } catch (cause) {
    await record(ctx, email, 'refused')
    if (cause instanceof AppError) throw cause
    if (!isRefusal(cause)) throw cause
    countFailedSignIn(email)
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
  outcome: 'done' | 'refused',
  user?: { id: string; name: string },
): Promise<void> {
  const actor = user ? { kind: 'user' as const, ...user, role: 'viewer' as const } : ctx.actor
  return work((tx) =>
    writeAudit(
      tx,
      { ...ctx, actor },
      { verb: 'sign in', object: 'session', label: email, outcome, objectId: user?.id },
    ),
  )
}
