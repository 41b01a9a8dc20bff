import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { removeSecondFactor, takeCode } from '@/lib/auth/second-factor/take-code'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { read, work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { confirmOwnPassword } from './confirm-own-password'
import { codeField, ownPasswordField } from './fields'
import { getUser } from './get-user'
import { ownAccount } from './own-account'
import { refuseWithoutFactor } from './second-factor-state'

export const TurnOffSecondFactorInput = z.object({ password: ownPasswordField, code: codeField })

/**
 * Takes one's own second factor away, by the password and one more code of it. Throws AppError `invalid`, `locked`,
 * `conflict`.
 */
export async function turnOffSecondFactor(ctx: Ctx, input: z.input<typeof TurnOffSecondFactorInput>): Promise<void> {
  const { id } = ownAccount(ctx)
  const { password, code } = parseInput(TurnOffSecondFactorInput, input)
  const user = await read((tx) => getUser(tx, id))
  const entry = { verb: 'turn off second factor', object: 'user', objectId: id, label: user.email } as const
  await confirmOwnPassword(ctx, 'password', password, entry, async () => {
    await read((tx) => refuseWithoutFactor(tx, id))
    if ((await work((tx) => takeCode(tx, id, code))) === null)
      throw fieldError('code', 'This code is not right, or was used before. An app shows a new one every 30 seconds.')
  })
  await workEndingSessions(async (tx) => {
    await removeSecondFactor(tx, id)
    await writeAudit(tx, ctx, entry)
  })
}
