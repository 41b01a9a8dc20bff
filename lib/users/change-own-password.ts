import { verify } from '@node-rs/argon2'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { findSessionId } from '@/lib/auth/current-actor'
import { checkSignInLimit, countFailedSignIn, forgetFailedSignIns } from '@/lib/auth/sign-in-limit'
import { read, work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { hashPassword } from './create-account'
import { newPasswordField } from './fields'
import { getUser } from './get-user'
import { ownAccount } from './own-account'
import { refuseOwnWords } from './password-strength'

export const ChangeOwnPasswordInput = z.object({
  current: z.string().min(1, 'Type the password that you have now.').max(256, 'No password here is longer than 256.'),
  password: newPasswordField,
})

/**
 * Sets a new password for oneself and ends every other session. `headers` carry the session that stays.
 * Throws AppError `invalid` when the old one is not right, `locked` after too many tries.
 */
export async function changeOwnPassword(
  ctx: Ctx,
  input: z.input<typeof ChangeOwnPasswordInput>,
  headers: Headers,
): Promise<void> {
  const { id } = ownAccount(ctx)
  const { current, password } = parseInput(ChangeOwnPasswordInput, input)
  const { user, kept } = await read(async (tx) => ({
    user: await getUser(tx, id),
    kept: await tx.account.findFirst({ where: { userId: id, providerId: 'credential' }, select: { password: true } }),
  }))
  const entry = { verb: 'change own password', object: 'user', objectId: id, label: user.email } as const
  if (!(await isRight(id, kept?.password ?? null, current))) {
    await work((tx) => writeAudit(tx, ctx, { ...entry, outcome: 'refused' }))
    throw fieldError('current', 'This is not the password that you have now.')
  }
  refuseOwnWords(password, [user.name, user.email])
  const passwordHash = await hashPassword(password)
  const sessionId = await findSessionId(headers)
  await work(async (tx) => {
    await tx.account.updateMany({ where: { userId: id, providerId: 'credential' }, data: { password: passwordHash } })
    await tx.oneTimeLink.deleteMany({ where: { purpose: 'reset', userId: id, usedAt: null } })
    const ended = await tx.session.deleteMany({ where: { userId: id, id: { not: sessionId ?? '' } } })
    await writeAudit(tx, ctx, { ...entry, detail: { endedSessions: ended.count } })
  })
}

// Whoever finds an open browser must not be able to try passwords in it for ever.
async function isRight(userId: string, kept: string | null, password: string): Promise<boolean> {
  const key = `own password of ${userId}`
  checkSignInLimit(key)
  countFailedSignIn(key)
  const fits = kept !== null && (await verify(kept, password))
  if (fits) forgetFailedSignIns(key)
  return fits
}
