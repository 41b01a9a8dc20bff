import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { replaceRecoveryCodes } from '@/lib/auth/second-factor/recovery-codes'
import { read, work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { confirmOwnPassword } from './confirm-own-password'
import { ownPasswordField } from './fields'
import { getUser } from './get-user'
import { ownAccount } from './own-account'
import { refuseWithoutFactor } from './second-factor-state'

export const MakeRecoveryCodesInput = z.object({ password: ownPasswordField })

/**
 * New recovery codes for oneself, shown this once; all earlier ones end. Throws AppError `invalid`, `locked`,
 * `conflict`.
 */
export async function makeRecoveryCodes(
  ctx: Ctx,
  input: z.input<typeof MakeRecoveryCodesInput>,
): Promise<{ recoveryCodes: string[] }> {
  const { id } = ownAccount(ctx)
  const { password } = parseInput(MakeRecoveryCodesInput, input)
  const user = await read((tx) => getUser(tx, id))
  const entry = { verb: 'make recovery codes', object: 'user', objectId: id, label: user.email } as const
  await confirmOwnPassword(ctx, 'password', password, entry)
  return work(async (tx) => {
    await refuseWithoutFactor(tx, id)
    await writeAudit(tx, ctx, entry)
    return { recoveryCodes: await replaceRecoveryCodes(tx, id) }
  })
}
