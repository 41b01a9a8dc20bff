import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { setSecondFactorRequired } from '@/lib/auth/second-factor/required'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { parseInput } from '@/lib/errors/parse-input'

export const RequireSecondFactorInput = z.object({ required: z.boolean() })

/**
 * Sets whether everybody must have a second factor: who has none is led to set one up before anything else, from his
 * next request on.
 */
export async function requireSecondFactor(ctx: Ctx, input: z.input<typeof RequireSecondFactorInput>): Promise<void> {
  authorize(ctx, 'manage users')
  const { required } = parseInput(RequireSecondFactorInput, input)
  await workEndingSessions(async (tx) => {
    if (!(await setSecondFactorRequired(tx, required))) return
    const verb = required ? 'require second factor' : 'require no second factor'
    await writeAudit(tx, ctx, { verb, object: 'setting', label: 'second factor' })
  })
}
