import { verify } from '@node-rs/argon2'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldError } from '@/lib/errors/parse-input'
import type { Ctx } from './actor'
import { auth } from './auth'
import { findPeer } from './peer'
import { takeCode } from './second-factor/take-code'
import {
  checkPlaceLimit,
  checkSignInLimit,
  countFailedSignIn,
  countFailureFrom,
  forgetFailedSignIns,
  forgiveTry,
  forgiveTryFrom,
} from './sign-in-limit'

export const SignInInput = z.object({
  email: z.string().trim().pipe(z.email('This is not an e-mail address.').max(254)),
  password: z.string().min(1, 'Type your password.').max(256, 'No password here is longer than 256 characters.'),
  /** Of the authenticator app, or a recovery code; empty in the first step. */
  code: z.string().trim().max(40, 'No code is longer than 40 characters.').default(''),
})

/**
 * Signs a person in; the library sets the session's cookie. Who has a second factor is asked for a code once the
 * password was right (`needsCode`), and is signed in when both are sent together: between the steps nothing is kept that
 * could be stolen. Every try is recorded, and counts until both are right. Throws `unauthenticated`, `locked`, or
 * `invalid` (a wrong code).
 */
export async function signIn(
  ctx: Ctx,
  input: z.input<typeof SignInInput>,
  headers: Headers,
): Promise<{ needsCode: boolean }> {
  const tried: Tried = { email: input.email.toLowerCase(), peer: findPeer(headers), detail: {} }
  try {
    countTry(tried)
    const owner = await findOwnerOfFactor(tried.email)
    if (owner && !(await passFactor(ctx, tried, owner, input))) return { needsCode: true }
    await openSession(ctx, tried, input.password, headers)
    return { needsCode: false }
  } catch (error) {
    await record(ctx, tried, 'refused')
    throw error
  }
}

interface Tried {
  email: string
  peer: string | null
  /** What the record tells beside where it came from. */
  detail: Record<string, string>
}

interface Owner {
  id: string
  name: string
  passwordHash: string | null
}

/** Whether password and code are right; false for a right password alone. Throws when either is wrong. */
async function passFactor(
  ctx: Ctx,
  tried: Tried,
  owner: Owner,
  { password, code = '' }: z.input<typeof SignInInput>,
): Promise<boolean> {
  if (!owner.passwordHash || !(await verify(owner.passwordHash, password))) throw wrongPassword()
  if (code === '') {
    // Not forgotten but for this one: else whoever knows the password could try codes for ever.
    forgiveTry(tried.email)
    if (tried.peer) forgiveTryFrom(tried.peer)
    await record(ctx, tried, 'done', owner, 'give right password')
    return false
  }
  const taken = await work((tx) => takeCode(tx, owner.id, code))
  tried.detail = taken === null ? { code: 'wrong' } : taken === 'recovery' ? { code: 'a recovery code' } : {}
  if (taken !== null) return true
  throw fieldError('code', 'This code is not right, or was used before. An app shows a new one every 30 seconds.')
}

async function openSession(ctx: Ctx, tried: Tried, password: string, headers: Headers): Promise<void> {
  const { email, peer } = tried
  // For an unknown address the library hashes too, so that the time an answer takes tells nothing.
  const { token, user } = await auth()
    .api.signInEmail({ body: { email, password }, headers })
    .catch((cause: unknown) => {
      throw isRefusal(cause) ? wrongPassword(cause) : cause
    })
  forgetFailedSignIns(email)
  if (peer) forgiveTryFrom(peer)
  // A session that is not in the record must not be: whoever holds its cookie holds nothing.
  await record(ctx, tried, 'done', user).catch(async (error: unknown) => {
    await work((tx) => tx.session.deleteMany({ where: { token } }))
    throw error
  })
}

function countTry({ email, peer }: Tried): void {
  checkSignInLimit(email)
  if (peer) checkPlaceLimit(peer)
  countFailedSignIn(email)
  if (peer) countFailureFrom(peer)
}

/** The person behind an address, if he has a second factor. */
async function findOwnerOfFactor(email: string): Promise<Owner | null> {
  const user = await read((tx) =>
    tx.user.findFirst({
      where: { email, secondFactorAt: { not: null } },
      select: {
        id: true,
        name: true,
        accounts: { where: { providerId: 'credential' }, select: { password: true } },
      },
    }),
  )
  return user && { id: user.id, name: user.name, passwordHash: user.accounts[0]?.password ?? null }
}

function wrongPassword(cause?: unknown): AppError {
  return new AppError('unauthenticated', 'expected a known address and its password', {
    cause,
    userMessage: 'The address or the password is not right.',
  })
}

// The library throws its own error with a status for a wrong address or password, and anything else for its own faults.
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 401
}

function record(
  ctx: Ctx,
  { email, peer, detail }: Tried,
  outcome: 'done' | 'refused',
  user?: { id: string; name: string },
  verb = 'sign in',
): Promise<void> {
  const actor = user ? { kind: 'user' as const, id: user.id, name: user.name, role: 'viewer' as const } : ctx.actor
  const entry = { verb, object: 'session', label: email, outcome, objectId: user?.id } as const
  return work((tx) =>
    writeAudit(tx, { ...ctx, actor }, { ...entry, detail: { ...(peer ? { from: peer } : {}), ...detail } }),
  )
}
