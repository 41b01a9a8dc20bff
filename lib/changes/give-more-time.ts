import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { AppError, isAppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { authorizeChange } from './change-scope'
import { moreTimeScript } from './on-host/watch-script'
import type { HostRun } from './run/host-run'
import { note } from './run/note'
import { runningHosts } from './running-change'

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
  await authorizeChange(ctx, changeId)
  const otherwise = `No host of change #${changeId} waits any more, so there is no deadline to move.`
  const runs = await runningHosts(ctx, changeId, { verb: 'give more time', detail: { seconds }, otherwise })
  await note(changeId, `${ctx.actor.name} asked for ${seconds} s more`)
  const heard = await Promise.all(runs.map((run) => tell(run, seconds)))
  if (!heard.includes(true))
    throw new AppError('conflict', `expected an armed host of change ${changeId}, got none`, { userMessage: otherwise })
}

/** False where the host ended meanwhile, or could not be reached: its own deadline stands then. */
async function tell(run: HostRun, seconds: number): Promise<boolean> {
  try {
    const result = await run.script(moreTimeScript(run.work, seconds), { timeoutMs: 20_000 })
    return result.exitCode === 0
  } catch (error) {
    if (isAppError(error)) return false
    throw error
  }
}
