import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { parseInput } from '@/lib/errors/parse-input'
import { getUser } from './get-user'
import { refuseSelf } from './keep-an-admin'

export const EndSessionsInput = z.object({
  userId: z.string(),
  /** One of them; null: all. */
  sessionId: z.string().nullable(),
})

/**
 * Ends one session of another person, or all. One that has ended already is no fault. Throws AppError `conflict` for
 * oneself.
 */
export async function endSessions(ctx: Ctx, input: z.input<typeof EndSessionsInput>): Promise<void> {
  authorize(ctx, 'manage users')
  const { userId, sessionId } = parseInput(EndSessionsInput, input)
  refuseSelf(ctx, userId, 'End your own sessions under Settings, You.')
  await workEndingSessions(async (tx) => {
    const user = await getUser(tx, userId)
    const { count } = await tx.session.deleteMany({
      where: { userId, ...(sessionId === null ? {} : { id: sessionId }) },
    })
    if (count === 0) return
    await writeAudit(tx, ctx, {
      verb: 'end sessions',
      object: 'user',
      objectId: userId,
      label: user.email,
      detail: { endedSessions: count },
    })
  })
}
