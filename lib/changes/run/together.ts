import { setTimeout as sleep } from 'node:timers/promises'
import { work } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { cancelScript, tellScript } from '../on-host/watch-script'
import type { HostOutcome } from '../outcome'
import type { HostRun } from './host-run'
import { note, setHostState } from './note'
import { WatchStopped, watchHost } from './watch-host'

/** Follows one host to its end, and keeps how it ended. */
export async function toEnd(run: HostRun, how: 'start' | 'only-watch', signal: AbortSignal): Promise<HostOutcome> {
  const seen = await watchHost(run, how, null, signal)
  return ended(run, seen === 'reached' ? 'undo-failed' : seen)
}

/**
 * Takes several hosts through the phases together (rule 6): none begins a phase before all ended the one before, and
 * none is told that the change stands before all have proved it and that was written into the store. Until then each
 * takes it back by itself: when it is told to, or at its own deadline.
 */
export async function together(
  changeId: number,
  runs: readonly HostRun[],
  start: 'start' | 'only-watch',
  signal: AbortSignal,
): Promise<HostOutcome[]> {
  if (await isCommitted(changeId)) return commit(changeId, runs, signal)
  const last = Math.max(...runs.map((run) => run.work.phases.length))
  for (let phase = 1; phase <= last; phase += 1) {
    const goal = phase === last ? 'proved' : `phase.${phase}`
    const seen = await everyone(changeId, runs, phase === 1 ? start : 'only-watch', goal, signal)
    if (seen) return seen
    if (phase < last) {
      await note(changeId, `all ${runs.length} hosts ended phase ${phase}: going on together`)
      await Promise.all(runs.map((run) => tell(run, tellScript(run.work, `go.${phase + 1}`), signal)))
    }
  }
  await note(changeId, `all ${runs.length} hosts have proved it: from here on the change stands`)
  await work((tx) => tx.change.update({ where: { id: changeId }, data: { committedAt: new Date() } }))
  return commit(changeId, runs, signal)
}

/** Null when all hosts came as far as the goal; how each ended when one did not, after all others took it back. */
async function everyone(
  changeId: number,
  runs: readonly HostRun[],
  how: 'start' | 'only-watch',
  goal: string,
  signal: AbortSignal,
): Promise<HostOutcome[] | null> {
  let isOver = false
  const seen = await Promise.all(
    runs.map(async (run) => {
      const reached = await watchHost(run, how, goal, signal)
      if (reached === 'reached') return reached
      if (!isOver) {
        isOver = true
        await note(changeId, 'it did not come to its end here: all other hosts take it back', run)
        // Who does not hear it takes it back at its deadline.
        await Promise.allSettled(runs.filter((other) => other !== run).map(cancel))
      }
      return ended(run, reached)
    }),
  )
  if (!isOver) return null
  return Promise.all(runs.map((run, at) => endOf(run, seen[at] ?? 'reached', signal)))
}

function endOf(run: HostRun, seen: HostOutcome | 'reached', signal: AbortSignal): Promise<HostOutcome> | HostOutcome {
  return seen === 'reached' ? toEnd(run, 'only-watch', signal) : seen
}

/** Tells each host that the change stands. One that took it back at its deadline before it heard of that stays so. */
async function commit(changeId: number, runs: readonly HostRun[], signal: AbortSignal): Promise<HostOutcome[]> {
  const ends = await Promise.all(
    runs.map(async (run) => {
      await tell(run, tellScript(run.work, 'confirm'), signal)
      return toEnd(run, 'only-watch', signal)
    }),
  )
  if (new Set(ends).size > 1) await note(changeId, 'the hosts ended differently')
  return ends
}

/** Over as many connections as it takes; a host that ended meanwhile has nothing left to be told. */
async function tell(run: HostRun, script: string, signal: AbortSignal): Promise<void> {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    if (signal.aborted) throw new WatchStopped()
    try {
      const result = await run.script(script, { timeoutMs: 30_000, signal })
      if (result.exitCode !== null) return
    } catch (error) {
      if (!isAppError(error)) throw error
    }
    await sleep(wait, undefined, { signal }).catch(() => {})
  }
}

function cancel(run: HostRun): Promise<unknown> {
  return run.script(cancelScript(run.work), { timeoutMs: 20_000 })
}

async function isCommitted(changeId: number): Promise<boolean> {
  const change = await work((tx) => tx.change.findUniqueOrThrow({ where: { id: changeId } }))
  return change.committedAt !== null
}

async function ended(run: HostRun, outcome: HostOutcome): Promise<HostOutcome> {
  await setHostState(run, { state: 'ended', outcome, detail: null, endedAt: new Date() })
  return outcome
}
