import { setMaxListeners } from 'node:events'
import { systemCtx } from '@/lib/auth/actor'
import { findPaused } from '@/lib/config/paused'
import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'
import { read, work } from '@/lib/db'
import { log, logError, newRequestId } from '@/lib/log'
import { changeGrew } from './bus'
import { applyChange, resumeChange } from './run/apply-change'
import { note } from './run/note'
import { takeTurns } from './turns'

interface Engine {
  running: Map<number, Promise<void>>
  /** What runs, each until those that waited for it have begun. */
  open: Set<Promise<void>>
  stopping: AbortController
  timer: NodeJS.Timeout | null
}

/** A wall clock can be set and a machine can sleep: no timer is trusted for longer. */
const longestTimerMs = 600_000

/**
 * Begins, in the background, every approved change whose hosts are free and whose time has come; the records tell the
 * rest. Called after an approval, when a change ends, at start, and by its own timer. While Pollux is paused nothing begins.
 */
export async function beginDue(): Promise<void> {
  const state = engine()
  if (state.stopping.signal.aborted || findPaused() !== null) return
  const { ready, moved, next } = await work((tx) => takeTurns(tx, new Date()))
  for (const changeId of ready) launch(changeId, applyChange)
  for (const changeId of moved) changeGrew(changeId)
  if (state.timer) clearTimeout(state.timer)
  const wait = next && Math.min(Math.max(next.getTime() - Date.now(), 0) + 5, longestTimerMs)
  state.timer = wait === null ? null : setTimeout(() => void beginOrLog(), wait)
  state.timer?.unref()
}

/**
 * Takes up every change that was approved or running when Pollux ended. Called once at start. A person who was asked is
 * asked anew when its hosts are heard again: until then a word would count for nothing.
 */
export async function resumeChanges(): Promise<void> {
  const state = 'applying'
  await work((tx) => tx.change.updateMany({ where: { state, committedAt: null }, data: { needsPerson: null } }))
  const open = await read((tx) => tx.change.findMany({ where: { state }, select: { id: true } }))
  for (const { id } of open) launch(id, resumeChange)
  await beginDue()
}

/** Resolves when nothing is being applied: for tests and for the end of the process. */
export async function changesSettled(): Promise<void> {
  const { open } = engine()
  while (open.size > 0) await Promise.allSettled([...open])
}

function launch(changeId: number, how: (id: number, signal: AbortSignal) => Promise<void>): void {
  const { running, open, stopping } = engine()
  if (running.has(changeId) || stopping.signal.aborted) return
  const ctx = systemCtx(newRequestId())
  const run = how(changeId, stopping.signal)
    .catch((error) => failed(changeId, logError(ctx, error)))
    .finally(() => running.delete(changeId))
  running.set(changeId, run)
  const whole: Promise<void> = run.then(beginOrLog).finally(() => open.delete(whole))
  open.add(whole)
  log.info({ changeId, requestId: ctx.requestId }, 'change taken up')
}

async function beginOrLog(): Promise<void> {
  await beginDue().catch((error) => logError(systemCtx(newRequestId()), error))
}

// The hosts end by themselves; the change stays open, and the next start reads from their journals how it ended.
async function failed(changeId: number, errorId: string): Promise<void> {
  await note(changeId, `Pollux failed at following this change (${errorId} in its log). The host goes on alone.`).catch(
    (error) => logError(systemCtx(errorId), error),
  )
}

function engine(): Engine {
  return single('change-engine', () => {
    const made: Engine = { running: new Map(), open: new Set(), stopping: new AbortController(), timer: null }
    // Each host of each change that runs listens.
    setMaxListeners(0, made.stopping.signal)
    onShutdown('intake', 'changes', async () => {
      made.stopping.abort()
      if (made.timer) clearTimeout(made.timer)
      await Promise.allSettled([...made.open])
    })
    return made
  })
}
