import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { ChangeInput } from './decide-change'
import { cancelScript } from './on-host/watch-script'
import { openPlan } from './plan-record'
import { hostRunsOf } from './run/host-run'
import { note } from './run/note'

/** Tells every host of a running change to stop before its next step and to undo. The hosts do it alone. */
export async function stopChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'apply a change')
  const { changeId } = parseInput(ChangeInput, input)
  const change = await read((tx) => tx.change.findUnique({ where: { id: changeId } }))
  if (change?.state !== 'applying')
    throw new AppError('conflict', `expected change ${changeId} to be applying, got ${change?.state}`, {
      userMessage: `Change #${changeId} is not running, so there is nothing to stop.`,
    })
  await work((tx) =>
    writeAudit(tx, ctx, {
      verb: 'stop change',
      object: 'change',
      objectId: String(changeId),
      label: `#${changeId} ${change.title}`,
    }),
  )
  await note(changeId, `${ctx.actor.name} asked to stop and undo`)
  const runs = await hostRunsOf(changeId, openPlan(change.sealedPlan))
  await Promise.all(runs.map((run) => run.script(cancelScript(run.work), { timeoutMs: 20_000 })))
}
