import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { browserName } from './browser-name'
import { ownAccount } from './own-account'

export const RevokeSessionInput = z.object({ sessionId: z.string() })

/** Ends one of one's own sessions, from its next request on. Another's is as good as none: AppError `not-found`. */
export async function revokeSession(ctx: Ctx, input: z.input<typeof RevokeSessionInput>): Promise<void> {
  const { id } = ownAccount(ctx)
  const { sessionId } = parseInput(RevokeSessionInput, input)
  await workEndingSessions(async (tx) => {
    const where = { id: sessionId, userId: id }
    const session = await tx.session.findFirst({ where, select: { userAgent: true } })
    if (!session)
      throw new AppError('not-found', `expected an own session ${sessionId}, found none`, {
        userMessage: 'This session has ended already.',
      })
    await tx.session.deleteMany({ where })
    await writeAudit(tx, ctx, {
      verb: 'end session',
      object: 'session',
      objectId: id,
      label: browserName(session.userAgent ?? ''),
    })
  })
}
