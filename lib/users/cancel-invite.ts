import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'

export const CancelInviteInput = z.object({ inviteId: z.string() })

/** Ends an invitation that nobody took up yet. Throws AppError `not-found` when it was. */
export async function cancelInvite(ctx: Ctx, input: z.input<typeof CancelInviteInput>): Promise<void> {
  authorize(ctx, 'manage users')
  const { inviteId } = parseInput(CancelInviteInput, input)
  await work(async (tx) => {
    const open = { id: inviteId, purpose: 'invite', usedAt: null }
    const invite = await tx.oneTimeLink.findFirst({ where: open, select: { email: true } })
    if (!invite)
      throw new AppError('not-found', `expected an open invitation ${inviteId}, found none`, {
        userMessage: 'This invitation was taken up or has ended. Look at the list again.',
      })
    await tx.oneTimeLink.deleteMany({ where: open })
    await writeAudit(tx, ctx, { verb: 'cancel invitation', object: 'user', label: invite.email ?? '' })
  })
}
