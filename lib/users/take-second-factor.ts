import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { removeSecondFactor } from '@/lib/auth/second-factor/take-code'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { parseInput } from '@/lib/errors/parse-input'
import { getUser } from './get-user'
import { refuseSelf } from './keep-an-admin'
import { refuseWithoutFactor } from './second-factor-state'

export const TakeSecondFactorInput = z.object({ userId: z.string() })

/**
 * Takes another person's second factor away, for one who lost it; every session of that person ends. Throws AppError
 * `conflict` for oneself (a session alone must not be enough), and where there is none.
 */
export async function takeSecondFactor(ctx: Ctx, input: z.input<typeof TakeSecondFactorInput>): Promise<void> {
  authorize(ctx, 'manage users')
  const { userId } = parseInput(TakeSecondFactorInput, input)
  refuseSelf(ctx, userId, 'Turn off your own second factor under Settings, You.')
  await workEndingSessions(async (tx) => {
    const user = await getUser(tx, userId)
    await refuseWithoutFactor(tx, userId)
    await removeSecondFactor(tx, userId)
    const { count } = await tx.session.deleteMany({ where: { userId } })
    await writeAudit(tx, ctx, {
      verb: 'take second factor',
      object: 'user',
      objectId: userId,
      label: user.email,
      detail: { endedSessions: count },
    })
  })
}
