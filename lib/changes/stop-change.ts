import type { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { ChangeInput } from './decide-change'
import { cancelScript } from './on-host/watch-script'
import { note } from './run/note'
import { runningHosts } from './running-change'

/**
 * Tells every host of a running change to stop before its next step and to undo; the hosts do it alone. Hosts that had
 * not begun, because another one goes first, are left alone.
 */
export async function stopChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'apply a change')
  const { changeId } = parseInput(ChangeInput, input)
  const runs = await runningHosts(ctx, changeId, {
    verb: 'stop change',
    otherwise: `Change #${changeId} is not running, so there is nothing to stop.`,
  })
  await work((tx) => tx.change.update({ where: { id: changeId }, data: { stopAskedBy: ctx.actor.name } }))
  const begun = await read((tx) =>
    tx.changeHost.findMany({ where: { changeId, state: { notIn: ['waiting', 'ended'] } }, select: { id: true } }),
  )
  const told = runs.filter((run) => begun.some((row) => row.id === run.rowId))
  await note(changeId, `${ctx.actor.name} asked to stop and undo`)
  await Promise.all(told.map((run) => run.script(cancelScript(run.work), { timeoutMs: 20_000 })))
}
