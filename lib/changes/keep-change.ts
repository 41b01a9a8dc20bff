import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { changeGrew } from './bus'
import { ChangeInput } from './decide-change'

/**
 * A person's word that a guarded change left the host in reach, where Pollux's own login would prove nothing (rule 7):
 * that this request came through is the proof. Throws AppError `conflict` unless the change waits for it.
 */
export async function keepChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'apply a change')
  const { changeId } = parseInput(ChangeInput, input)
  await work(async (tx) => {
    const change = await tx.change.findUnique({ where: { id: changeId } })
    if (change?.state !== 'applying' || change.needsPerson === null || change.committedAt !== null)
      throw new AppError('conflict', `expected change ${changeId} to wait for a person, got ${change?.state}`, {
        userMessage: `Change #${changeId} does not wait for anybody to confirm it.`,
      })
    await tx.change.update({ where: { id: changeId }, data: { keptBy: ctx.actor.name } })
    const label = `#${changeId} ${change.title}`
    await writeAudit(tx, ctx, { verb: 'keep change', object: 'change', objectId: String(changeId), label })
  })
  changeGrew(changeId)
}
