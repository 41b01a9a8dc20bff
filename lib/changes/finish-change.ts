import type { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { keepPlan, type Planned } from './ask-change'
import { authorizeChange } from './change-scope'
import { ChangeInput } from './decide-change'
import { openPlan } from './plan-record'

/**
 * Plans, as a change of its own, what is missing where a change ended split: the same wish on facts read now finds
 * nothing to do on the hosts that have it already. Throws AppError `conflict` unless it is split.
 */
export async function finishChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<Planned> {
  authorize(ctx, 'plan a change')
  const { changeId } = parseInput(ChangeInput, input)
  await authorizeChange(ctx, changeId)
  const change = await read((tx) => tx.change.findUnique({ where: { id: changeId } }))
  if (change?.outcome !== 'split')
    throw new AppError('conflict', `expected change ${changeId} to be split, got ${change?.outcome}`, {
      userMessage: `Change #${changeId} is not split: there is nothing to finish.`,
    })
  return keepPlan(ctx, openPlan(change.sealedPlan).origin, change.revertsId)
}
