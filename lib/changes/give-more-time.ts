import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { moreTimeScript } from './on-host/watch-script'
import { openPlan } from './plan-record'
import { type HostRun, hostRunsOf } from './run/host-run'
import { note } from './run/note'

export const MoreTimeInput = z.object({
  changeId: z.number().int(),
  /** Seconds by which every host's deadline moves away. */
  seconds: z.number().int().min(30).max(3_600),
})

/**
 * Moves the deadline at which the hosts of a running change take it back by themselves. Throws AppError `conflict` when
 * it does not run, or when no host waits any more.
 */
export async function giveMoreTime(ctx: Ctx, input: z.input<typeof MoreTimeInput>): Promise<void> {
  authorize(ctx, 'apply a change')
  const { changeId, seconds } = parseInput(MoreTimeInput, input)
  const change = await read((tx) => tx.change.findUnique({ where: { id: changeId } }))
  if (change?.state !== 'applying') throw notOpen(changeId, `change ${changeId} is ${change?.state}`)
  await work((tx) =>
    writeAudit(tx, ctx, {
      verb: 'give more time',
      object: 'change',
      objectId: String(changeId),
      label: `#${changeId} ${change.title}`,
      detail: { seconds },
    }),
  )
  await note(changeId, `${ctx.actor.name} gave the hosts ${seconds} s more`)
  const runs = await hostRunsOf(changeId, openPlan(change.sealedPlan))
  const heard = await Promise.all(runs.map((run) => tell(run, seconds)))
  if (!heard.includes(true)) throw notOpen(changeId, 'no host of it was armed')
}

/** False where the host ended meanwhile, or could not be reached: its own deadline stands then. */
async function tell(run: HostRun, seconds: number): Promise<boolean> {
  const result = await run.script(moreTimeScript(run.work, seconds), { timeoutMs: 20_000 }).catch(() => null)
  return result?.exitCode === 0
}

function notOpen(changeId: number, got: string): AppError {
  return new AppError('conflict', `expected change ${changeId} to be open on a host, got: ${got}`, {
    userMessage: `No host of change #${changeId} waits any more, so there is no deadline to move.`,
  })
}
