import { setMaxListeners } from 'node:events'
import { systemCtx } from '@/lib/auth/actor'
import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'
import { read } from '@/lib/db'
import { log, logError, newRequestId } from '@/lib/log'
import { applyChange, resumeChange } from './run/apply-change'
import { note } from './run/note'

interface Engine {
  running: Map<number, Promise<void>>
  stopping: AbortController
}

/** Begins to apply an approved change, in the background; its record tells the rest. */
export function launchChange(changeId: number): void {
  launch(changeId, applyChange)
}

/** Takes up every change that was approved or running when Pollux ended. Called once at start. */
export async function resumeChanges(): Promise<void> {
  const open = await read((tx) =>
    tx.change.findMany({ where: { state: { in: ['approved', 'applying'] } }, select: { id: true, state: true } }),
  )
  for (const { id, state } of open) launch(id, state === 'applying' ? resumeChange : applyChange)
}

/** Resolves when nothing is being applied: for tests and for the end of the process. */
export async function changesSettled(): Promise<void> {
  await Promise.allSettled([...engine().running.values()])
}

function launch(changeId: number, how: (id: number, signal: AbortSignal) => Promise<void>): void {
  const { running, stopping } = engine()
  if (running.has(changeId) || stopping.signal.aborted) return
  const ctx = systemCtx(newRequestId())
  const run = how(changeId, stopping.signal)
    .catch((error) => failed(changeId, logError(ctx, error)))
    .finally(() => running.delete(changeId))
  running.set(changeId, run)
  log.info({ changeId, requestId: ctx.requestId }, 'change taken up')
}

// The hosts end by themselves; the change stays open, and the next start reads from their journals how it ended.
async function failed(changeId: number, errorId: string): Promise<void> {
  await note(changeId, `Pollux failed at following this change (${errorId} in its log). The host goes on alone.`).catch(
    (error) => logError(systemCtx(errorId), error),
  )
}

function engine(): Engine {
  return single('change-engine', () => {
    const made: Engine = { running: new Map(), stopping: new AbortController() }
    // Each host of each change that runs listens.
    setMaxListeners(0, made.stopping.signal)
    onShutdown('intake', 'changes', async () => {
      made.stopping.abort()
      await Promise.allSettled([...made.running.values()])
    })
    return made
  })
}
