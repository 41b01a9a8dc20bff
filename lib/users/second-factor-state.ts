import type { Ctx } from '@/lib/auth/actor'
import { isSecondFactorRequired } from '@/lib/auth/second-factor/required'
import { read, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { ownAccount } from './own-account'

export interface SecondFactorState {
  /** Null while the password alone signs in. */
  since: Date | null
  /** Recovery codes that were not used yet. */
  codesLeft: number
  /** Whether an admin asks everybody for one. */
  isRequired: boolean
}

/** How it stands with one's own second factor. */
export async function ownSecondFactor(ctx: Ctx): Promise<SecondFactorState> {
  const { id } = ownAccount(ctx)
  const [user, codesLeft, isRequired] = await read((tx) =>
    Promise.all([
      tx.user.findUniqueOrThrow({ where: { id }, select: { secondFactorAt: true } }),
      tx.recoveryCode.count({ where: { userId: id, usedAt: null } }),
      isSecondFactorRequired(tx),
    ]),
  )
  return { since: user.secondFactorAt, codesLeft, isRequired }
}

/** Throws AppError `conflict` for a person without a second factor. */
export async function refuseWithoutFactor(tx: Tx, userId: string): Promise<void> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { secondFactorAt: true } })
  if (user.secondFactorAt) return
  throw new AppError('conflict', `expected a second factor of ${userId}, found none`, {
    userMessage: 'There is no second factor. Look at the page again.',
  })
}
