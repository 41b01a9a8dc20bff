import type { Tx } from '@/lib/db'
import { seal, unseal } from '@/lib/secrets/seal'
import { takeRecoveryCode } from './recovery-codes'
import { findTotpStep } from './totp'

/**
 * Uses up a code of a person's second factor: the app's, or a recovery code. Gives which it was; null when it is wrong,
 * or was taken before. No code of the app is good twice, nor is one older than the newest that was (RFC 6238, 5.2).
 */
export async function takeCode(tx: Tx, userId: string, code: string): Promise<'app' | 'recovery' | null> {
  const digits = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return (await takeRecoveryCode(tx, userId, code)) ? 'recovery' : null
  const kept = await tx.secondFactor.findUnique({ where: { userId }, select: { sealedSecret: true } })
  if (!kept) return null
  const step = findTotpStep(unseal(kept.sealedSecret, placeOf(userId)), digits)
  if (step === null) return null
  const taken = await tx.secondFactor.updateMany({
    where: { userId, lastStep: { lt: step } },
    data: { lastStep: step },
  })
  return taken.count === 1 ? 'app' : null
}

/** Keeps a secret that does not count yet, in place of an earlier one that did not either. */
export async function keepTotpSecret(tx: Tx, userId: string, secret: string): Promise<void> {
  const data = { sealedSecret: seal(secret, placeOf(userId)), lastStep: 0, createdAt: new Date() }
  await tx.secondFactor.upsert({ where: { userId }, create: { userId, ...data }, update: data })
}

/** Takes all of a person's second factor away: from then on the password alone signs in. */
export async function removeSecondFactor(tx: Tx, userId: string): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { secondFactorAt: null } })
  await tx.secondFactor.deleteMany({ where: { userId } })
  await tx.recoveryCode.deleteMany({ where: { userId } })
}

function placeOf(userId: string) {
  return { table: 'second_factor', row: userId, field: 'sealedSecret' }
}
