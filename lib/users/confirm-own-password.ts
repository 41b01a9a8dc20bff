import { verify } from '@node-rs/argon2'
import type { AuditEntry } from '@/lib/audit/write-audit'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { checkSignInLimit, countFailedSignIn, forgetFailedSignIns } from '@/lib/auth/sign-in-limit'
import { read, work } from '@/lib/db'
import { fieldError } from '@/lib/errors/parse-input'
import { ownAccount } from './own-account'

/**
 * Makes sure that whoever acts knows the password of his account: an open browser alone must not be enough for what
 * `entry` names. `andMore` is asked once the password was right, and counts with it. Throws AppError `invalid` at
 * `field` (and records the refusal), `locked` after too many tries: nobody who finds an open browser can try passwords
 * or codes in it for ever.
 */
export async function confirmOwnPassword(
  ctx: Ctx,
  field: string,
  password: string,
  entry: AuditEntry,
  andMore: () => Promise<void> = async () => {},
): Promise<void> {
  const { id } = ownAccount(ctx)
  const key = `own password of ${id}`
  checkSignInLimit(key)
  countFailedSignIn(key)
  const where = { userId: id, providerId: 'credential' }
  const kept = await read((tx) => tx.account.findFirst({ where, select: { password: true } }))
  try {
    if (!kept?.password || !(await verify(kept.password, password)))
      throw fieldError(field, 'This is not the password that you have now.')
    await andMore()
  } catch (error) {
    await work((tx) => writeAudit(tx, ctx, { ...entry, outcome: 'refused' }))
    throw error
  }
  forgetFailedSignIns(key)
}
