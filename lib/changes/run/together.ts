import { setTimeout as sleep } from 'node:timers/promises'
import { work } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { cancelScript, standsScript, type WatchStart, waitsScript, welcomeScript } from '../on-host/watch-script'
import { type HostOutcome, isNew } from '../outcome'
import { confirmReach } from './confirm-reach'
import type { HostRun } from './host-run'
import { note, setHostState } from './note'
import { proveFromAfar } from './prove-from-afar'
import { mayHaveArrived, upload } from './upload'
import { WatchStopped, watchHost } from './watch-host'

/** A change is kept only while every host has more than so many seconds left to hear of it. */
const secondsToTell = 5

/** Follows one host to its end, and keeps how it ended. */
export async function toEnd(run: HostRun, how: WatchStart, signal: AbortSignal): Promise<HostOutcome> {
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
  const ends = await throughPhases(changeId, runs, start, signal)
  if (ends) return ends
  const wrong = await proveFromAfar(changeId, runs, signal)
  if (wrong !== null) return backEverywhere(changeId, runs, `the proof failed: ${wrong}. All take it back`, signal)
  const isGuarded = runs.some((run) => run.isGuarded)
  if (isGuarded && !(await confirmReach(changeId, runs, signal)))
    return backEverywhere(changeId, runs, 'not every host could be reached anew: all take it back', signal)
  // What was heard of a host may have been long on its way: each is asked now.
  if (!(await allWait(runs, signal)))
    return backEverywhere(changeId, runs, 'a host waits no more, or not long enough: all take it back', signal)
  if (!(await keepCommit(changeId, runs.length)))
    return backEverywhere(changeId, runs, 'stopped before it stood: all take it back', signal)
  return commit(changeId, runs, signal)
}

/** Null when all hosts have proved the last phase; how each ended when one did not come so far. */
async function throughPhases(
  changeId: number,
  runs: readonly HostRun[],
  start: 'start' | 'only-watch',
  signal: AbortSignal,
): Promise<HostOutcome[] | null> {
  const last = Math.max(...runs.map((run) => run.work.phases.length))
  for (let phase = 1; phase <= last; phase += 1) {
    const goal = phase === last ? 'proved' : `phase.${phase}`
    const ends = await everyone(changeId, runs, phase === 1 ? start : `go.${phase}`, goal, signal)
    if (ends) return ends
    if (phase < last && runs.length > 1)
      await note(changeId, `all ${runs.length} hosts ended phase ${phase}: going on together`)
  }
  return null
}

/** Null when all hosts came as far as the goal; how each ended when one did not, after all others took it back. */
async function everyone(
  changeId: number,
  runs: readonly HostRun[],
  how: WatchStart,
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

/** Tells all hosts to take it back, and waits until they have. */
async function backEverywhere(
  changeId: number,
  runs: readonly HostRun[],
  why: string,
  signal: AbortSignal,
): Promise<HostOutcome[]> {
  await note(changeId, why)
  // Who does not hear it takes it back at its deadline.
  await Promise.allSettled(runs.map(cancel))
  return Promise.all(runs.map((run) => toEnd(run, 'only-watch', signal)))
}

/** Writes into the store that the change stands; false when a person asked to stop it before. */
async function keepCommit(changeId: number, hosts: number): Promise<boolean> {
  const { count } = await work((tx) =>
    tx.change.updateMany({ where: { id: changeId, stopAskedBy: null }, data: { committedAt: new Date() } }),
  )
  if (count === 0) return false
  const who = hosts === 1 ? 'the host has' : `all ${hosts} hosts have`
  await note(changeId, `${who} proved it: from here on the change stands`)
  return true
}

/** Whether every host still waits to be told, with time left to hear it. */
async function allWait(runs: readonly HostRun[], signal: AbortSignal): Promise<boolean> {
  const answers = await Promise.all(runs.map((run) => ask(run, waitsScript(run.work, secondsToTell), signal)))
  return answers.every((exitCode) => exitCode === 0)
}

/**
 * Tells each host that the change stands. One that took it back at its deadline before it heard of that is carried
 * forward; one that still waits with that, for what another has now, keeps it. Who must give back last is told last, and only when all others are so far: else it takes its own back too.
 */
async function commit(changeId: number, runs: readonly HostRun[], signal: AbortSignal): Promise<HostOutcome[]> {
  const first = await Promise.all(runs.filter((run) => !run.outlasts).map((run) => settle(run, signal)))
  const isSafe = first.every(isNew)
  const rest = runs.filter((run) => run.outlasts)
  if (rest.length > 0 && !isSafe) await Promise.allSettled(rest.map(cancel))
  const last = await Promise.all(rest.map((run) => (isSafe ? settle(run, signal) : toEnd(run, 'only-watch', signal))))
  const ends = [...first, ...last]
  if (new Set(ends).size > 1) await note(changeId, 'the hosts ended differently')
  return ends
}

async function settle(run: HostRun, signal: AbortSignal): Promise<HostOutcome> {
  const end = await toEnd(run, 'confirm', signal)
  // Not started is what was to be carried forward when Pollux ended, and was withdrawn now.
  if (end === 'not-started') await ask(run, welcomeScript(run.work), signal)
  return end === 'reverted' || end === 'not-started' ? carryForward(run, signal) : end
}

/** Does once more, on a host that took it back before it heard that the change stands, what all others have done. */
async function carryForward(run: HostRun, signal: AbortSignal): Promise<HostOutcome> {
  await note(run.changeId, 'took it back before it heard that the change stands: carried forward', run)
  await setHostState(run, { state: 'running', outcome: null, endedAt: null, journalOffset: 0 })
  try {
    await upload(run)
  } catch (error) {
    if (!isAppError(error)) throw error
    if (mayHaveArrived(error)) await watchHost(run, 'only-watch', null, signal)
    await note(run.changeId, `could not be carried forward: ${error.userMessage ?? error.message}`, run)
    return ended(run, 'reverted')
  }
  await ask(run, standsScript(run.work), signal)
  const last = run.work.phases.length
  for (let phase = 1; phase <= last; phase += 1) {
    const how = phase === 1 ? 'start' : (`go.${phase}` as const)
    const seen = await watchHost(run, how, phase === last ? 'proved' : `phase.${phase}`, signal)
    if (seen !== 'reached') return ended(run, seen)
  }
  return toEnd(run, 'confirm', signal)
}

/** The exit code of a script, over as many connections as it takes. */
async function ask(run: HostRun, script: string, signal: AbortSignal): Promise<number> {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    if (signal.aborted) throw new WatchStopped()
    try {
      const result = await run.script(script, { timeoutMs: 30_000, signal })
      if (result.exitCode !== null) return result.exitCode
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
