import type { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { authorizeChange } from './change-scope'
import { ChangeInput } from './decide-change'
import { cancelScript } from './on-host/watch-script'
import { note } from './run/note'
import { runningHosts } from './running-change'

/**
 * Tells every host of a running change to stop before its next step and to undo; the hosts do it alone. Hosts that had
 * not begun, because another one goes first, are left alone. Throws AppError `conflict` when it does not run, or stands
 * already: from then on no host takes it back any more (rule 6).
 */
export async function stopChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<void> {
  authorize(ctx, 'apply a change')
  const { changeId } = parseInput(ChangeInput, input)
  await authorizeChange(ctx, changeId)
  if (!(await askToStop(ctx, changeId)))
    throw new AppError('conflict', `expected change ${changeId} to be open, got one that stands`, {
      userMessage: `Every host has proved change #${changeId}, so it stands and can no longer be stopped. Once it has ended, it can be reverted.`,
    })
  const runs = await runningHosts(ctx, changeId, {
    verb: 'stop change',
    otherwise: `Change #${changeId} is not running, so there is nothing to stop.`,
  })
  const { committedAt, hosts } = await read((tx) =>
    tx.change.findUniqueOrThrow({
      where: { id: changeId },
      include: { hosts: { where: { state: { notIn: ['waiting', 'ended'] } } } },
    }),
  )
  await note(changeId, `${ctx.actor.name} asked to stop and undo`)
  if (committedAt !== null) return
  const told = runs.filter((run) => hosts.some((row) => row.id === run.rowId))
  await Promise.all(told.map((run) => run.script(cancelScript(run.work), { timeoutMs: 20_000 })))
}

/** Keeps who asked to stop; false where the change stands, and no host waits for the one that goes first. */
async function askToStop(ctx: Ctx, changeId: number): Promise<boolean> {
  return work(async (tx) => {
    const change = await tx.change.findUnique({
      where: { id: changeId },
      include: { hosts: { select: { state: true } } },
    })
    if (change?.state !== 'applying') return true
    if (!canStop(change)) return false
    await tx.change.update({ where: { id: changeId }, data: { stopAskedBy: ctx.actor.name } })
    return true
  })
}

/** Whether a change that runs can still be stopped: it does not stand, or some hosts wait for the one that goes first. */
export function canStop(change: { committedAt: Date | null; hosts: readonly { state: string }[] }): boolean {
  return change.committedAt === null || change.hosts.some((host) => host.state === 'waiting')
}
