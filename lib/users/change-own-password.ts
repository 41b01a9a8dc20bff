import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { findSessionId } from '@/lib/auth/current-actor'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { read } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { confirmOwnPassword } from './confirm-own-password'
import { hashPassword } from './create-account'
import { newPasswordField, ownPasswordField } from './fields'
import { getUser } from './get-user'
import { ownAccount } from './own-account'
import { refuseOwnWords } from './password-strength'

export const ChangeOwnPasswordInput = z.object({ current: ownPasswordField, password: newPasswordField })

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
  const user = await read((tx) => getUser(tx, id))
  const entry = { verb: 'change own password', object: 'user', objectId: id, label: user.email } as const
  await confirmOwnPassword(ctx, 'current', current, entry)
  refuseOwnWords(password, [user.name, user.email])
  const passwordHash = await hashPassword(password)
  const sessionId = await findSessionId(headers)
  await workEndingSessions(async (tx) => {
    await tx.account.updateMany({ where: { userId: id, providerId: 'credential' }, data: { password: passwordHash } })
    await tx.oneTimeLink.deleteMany({ where: { purpose: 'reset', userId: id, usedAt: null } })
    const ended = await tx.session.deleteMany({ where: { userId: id, id: { not: sessionId ?? '' } } })
    await writeAudit(tx, ctx, { ...entry, detail: { endedSessions: ended.count } })
  })
}
