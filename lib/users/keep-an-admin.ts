import type { Ctx } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** Throws AppError `conflict` when nobody but this user is an admin. Asked in the transaction that takes the role away. */
export async function keepAnAdmin(tx: Tx, userId: string): Promise<void> {
  const others = await tx.user.count({ where: { role: 'admin', id: { not: userId } } })
  if (others > 0) return
  throw new AppError('conflict', 'expected another admin to stay, found none', {
    userMessage: 'This is the last admin. Make somebody else an admin first.',
  })
}

/** Throws AppError `conflict` when the person is the one who acts. */
export function refuseSelf(ctx: Ctx, userId: string, sentence: string): void {
  if (ctx.actor.kind === 'user' && ctx.actor.id === userId)
    throw new AppError('conflict', 'expected another user than the one who acts', { userMessage: sentence })
}
