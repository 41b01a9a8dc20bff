import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { findSessionId } from '@/lib/auth/current-actor'
import { replaceRecoveryCodes } from '@/lib/auth/second-factor/recovery-codes'
import { takeCode } from '@/lib/auth/second-factor/take-code'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { read, work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { hasOneAlready } from './begin-second-factor'
import { confirmOwnPassword } from './confirm-own-password'
import { codeField, ownPasswordField } from './fields'
import { getUser } from './get-user'
import { ownAccount } from './own-account'

export const ConfirmSecondFactorInput = z.object({ password: ownPasswordField, code: codeField })

/**
 * Makes the second factor count that was begun, by the password and a code of the app. Returns the recovery codes, which
 * are shown this once. Ends every other session: they were opened by the password alone. Throws AppError `invalid`,
 * `locked`, `conflict`.
 */
export async function confirmSecondFactor(
  ctx: Ctx,
  input: z.input<typeof ConfirmSecondFactorInput>,
  headers: Headers,
): Promise<{ recoveryCodes: string[] }> {
  const { id } = ownAccount(ctx)
  const { password, code } = parseInput(ConfirmSecondFactorInput, input)
  const user = await read((tx) => getUser(tx, id))
  const entry = { verb: 'set up second factor', object: 'user', objectId: id, label: user.email } as const
  await confirmOwnPassword(ctx, 'password', password, entry, async () => {
    if ((await work((tx) => takeCode(tx, id, code))) !== 'app')
      throw fieldError(
        'code',
        'This is not the code that the app shows now. See that the clock of its device is right.',
      )
  })
  const sessionId = await findSessionId(headers)
  return workEndingSessions(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id, secondFactorAt: null },
      data: { secondFactorAt: new Date() },
    })
    if (count === 0) throw hasOneAlready()
    const ended = await tx.session.deleteMany({ where: { userId: id, id: { not: sessionId ?? '' } } })
    await writeAudit(tx, ctx, { ...entry, detail: { endedSessions: ended.count } })
    return { recoveryCodes: await replaceRecoveryCodes(tx, id) }
  })
}
