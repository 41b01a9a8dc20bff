import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { parseInput } from '@/lib/errors/parse-input'
import { endTokensAbove } from './end-api-token'
import { roleField } from './fields'
import { getUser } from './get-user'
import { keepAnAdmin, refuseSelf } from './keep-an-admin'

export const ChangeRoleInput = z.object({ userId: z.string(), role: roleField })

/**
 * Gives another user another role, and ends every session of his, with the API tokens that are above it: he signs in
 * again as what he is now. Throws AppError `conflict` for the own role and for the last admin's. With the admin's role
 * go the invitations that he made.
 */
export async function changeRole(ctx: Ctx, input: z.input<typeof ChangeRoleInput>): Promise<void> {
  authorize(ctx, 'manage users')
  const { userId, role } = parseInput(ChangeRoleInput, input)
  refuseSelf(ctx, userId, 'Nobody changes the own role. Another admin can do it.')
  await workEndingSessions(async (tx) => {
    const user = await getUser(tx, userId)
    if (user.role === role) return
    if (user.role === 'admin') {
      await keepAnAdmin(tx, userId)
      await tx.oneTimeLink.deleteMany({ where: { createdBy: userId, usedAt: null } })
    }
    await tx.user.update({ where: { id: userId }, data: { role } })
    const endedTokens = await endTokensAbove(tx, userId, role)
    const ended = await tx.session.deleteMany({ where: { userId } })
    await writeAudit(tx, ctx, {
      verb: 'change role',
      object: 'user',
      objectId: userId,
      label: user.email,
      detail: { before: user.role, after: role, endedSessions: ended.count, endedTokens },
    })
  })
}
