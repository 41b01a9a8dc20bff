import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { drawQr, type QrDrawing } from '@/lib/auth/second-factor/qr-drawing'
import { keepTotpSecret } from '@/lib/auth/second-factor/take-code'
import { newTotpSecret, totpUri } from '@/lib/auth/second-factor/totp'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { ownAccount } from './own-account'

export const BeginSecondFactorInput = z.object({})

export interface NewSecondFactor {
  /** Base32, for an app that reads no pictures. */
  secret: string
  qr: QrDrawing
}

/**
 * Makes the secret that an authenticator app is to share. It counts once a code of it was shown (`confirmSecondFactor`);
 * one that was begun before is replaced. Throws AppError `conflict` for who has a second factor.
 */
export async function beginSecondFactor(ctx: Ctx): Promise<NewSecondFactor> {
  const { id } = ownAccount(ctx)
  const secret = newTotpSecret()
  const { email } = await work(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id }, select: { email: true, secondFactorAt: true } })
    if (user.secondFactorAt) throw hasOneAlready()
    await keepTotpSecret(tx, id, secret)
    return user
  })
  return { secret, qr: drawQr(totpUri(secret, email)) }
}

/** The refusal for who has a second factor already. */
export function hasOneAlready(): AppError {
  return new AppError('conflict', 'expected no second factor, found one', {
    userMessage: 'You have a second factor already. Turn it off under Settings, You, to set up another.',
  })
}
