import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { getUser } from './get-user'
import { keepAnAdmin, refuseSelf } from './keep-an-admin'

export const RemoveUserInput = z.object({ userId: z.string(), typedName: z.string().trim() })

/**
 * Removes a user after the name was typed: sessions, drafts and open links go, what was done stays in the record.
 * Throws AppError `conflict` for oneself and for the last admin, `invalid` for another name.
 */
export async function removeUser(ctx: Ctx, input: z.input<typeof RemoveUserInput>): Promise<void> {
  authorize(ctx, 'manage users')
  const { userId, typedName } = parseInput(RemoveUserInput, input)
  refuseSelf(ctx, userId, 'Nobody removes the own account. Another admin can do it.')
  await workEndingSessions(async (tx) => {
    const user = await getUser(tx, userId)
    if (typedName !== user.name) throw fieldError('typedName', `Type ${user.name} to go on.`)
    if (user.role === 'admin') await keepAnAdmin(tx, userId)
    await tx.oneTimeLink.deleteMany({ where: { usedAt: null, OR: [{ userId }, { createdBy: userId }] } })
    await tx.user.delete({ where: { id: userId } })
    await writeAudit(tx, ctx, {
      verb: 'remove user',
      object: 'user',
      objectId: userId,
      label: user.email,
      detail: { name: user.name, role: user.role },
    })
  })
}
