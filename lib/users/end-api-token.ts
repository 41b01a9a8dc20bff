import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx, Role } from '@/lib/auth/actor'
import { can, lowerRole } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { asRole } from './list-users'
import { ownAccount } from './own-account'

export const EndApiTokenInput = z.object({ tokenId: z.string() })

/**
 * Ends an API token: one's own, or an admin anybody's. Another's is as good as none for all others: AppError
 * `not-found`.
 */
export async function endApiToken(ctx: Ctx, input: z.input<typeof EndApiTokenInput>): Promise<void> {
  const { id } = ownAccount(ctx)
  const { tokenId } = parseInput(EndApiTokenInput, input)
  await work(async (tx) => {
    const where = { id: tokenId, ...(can(ctx.actor, 'manage users') ? {} : { userId: id }) }
    const token = await tx.apiToken.findFirst({
      where,
      select: { name: true, user: { select: { id: true, email: true } } },
    })
    if (!token)
      throw new AppError('not-found', `expected a token ${tokenId} that ${id} may end, found none`, {
        userMessage: 'This token has ended already.',
      })
    await tx.apiToken.deleteMany({ where })
    const { name, user } = token
    await writeAudit(tx, ctx, {
      verb: 'end API token',
      object: 'user',
      objectId: user.id,
      label: user.email,
      detail: { token: name },
    })
  })
}

/** Ends the tokens of a user that are above the role which he gets. Gives how many. */
export async function endTokensAbove(tx: Tx, userId: string, role: Role): Promise<number> {
  const tokens = await tx.apiToken.findMany({ where: { userId }, select: { id: true, role: true } })
  const above = tokens.filter((token) => lowerRole(asRole(token.role), role) !== token.role).map((token) => token.id)
  return (await tx.apiToken.deleteMany({ where: { id: { in: above } } })).count
}
