import { setTimeout as sleep } from 'node:timers/promises'
import { read } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { type WatchStart, watchExit, watchScript, withdrawScript } from '../on-host/watch-script'
import { type HostOutcome, parseHostOutcome } from '../outcome'
import type { HostRun } from './host-run'
import { note, setHostState } from './note'
import { recordLines } from './record-lines'

/** The watch was given up because Pollux stops; the host goes on alone, and the next start finds it. */
export class WatchStopped extends Error {}

/**
 * Starts the change on its host (or its undo, or only looks) and follows its journal until the host came as far as
 * `until`, or to the end, over as many connections as it takes. After the first cut a start only looks: what was not
 * started by then is withdrawn, never started late. Throws WatchStopped when `signal` fires.
 */
export async function watchHost(
  run: HostRun,
  start: WatchStart,
  until: string | null,
  signal: AbortSignal,
): Promise<HostOutcome | 'reached'> {
  let how = start
  let wait = 500
  let outOfReach = false
  let deaths = 0
  for (;;) {
    if (signal.aborted) throw new WatchStopped()
    const seen = await watchOnce(run, how, until, signal)
    if (signal.aborted) throw new WatchStopped()
    if (seen.kind === 'ended') return seen.outcome
    if (seen.kind === 'reached') return 'reached'
    // Gone is also what an upload was that was cut before its files had come: its lock goes with it.
    if (seen.kind === 'not-started' || seen.kind === 'gone') {
      const withdrawn = await withdraw(run)
      if (withdrawn) return 'not-started'
    }
    if (seen.kind === 'dead') {
      deaths += 1
      if (deaths > 3) return 'undo-failed'
      await note(run.changeId, 'the supervisor is gone before its end: undoing', run)
      how = 'undo'
      continue
    }
    // What is told is told until it was heard; it does no harm twice.
    if (start === 'start' || how === 'undo') how = 'only-watch'
    if (seen.kind === 'cut' && !outOfReach) {
      outOfReach = true
      await setHostState(run, { detail: `out of reach: ${seen.why}. The host goes on alone.` })
      await note(run.changeId, `out of reach: ${seen.why}; the host finishes or undoes the change by itself`, run)
    }
    await sleep(wait, undefined, { signal }).catch(() => {})
    wait = Math.min(wait * 2, 10_000)
  }
}

type Seen =
  | { kind: 'reached' }
  | { kind: 'ended'; outcome: HostOutcome }
  | { kind: 'dead' }
  | { kind: 'gone' }
  | { kind: 'not-started' }
  | { kind: 'cut'; why: string }

async function watchOnce(run: HostRun, how: WatchStart, until: string | null, signal: AbortSignal): Promise<Seen> {
  const row = await read((tx) => tx.changeHost.findUniqueOrThrow({ where: { id: run.rowId } }))
  const recorder = recordLines(run, { ...row, offset: row.journalOffset })
  try {
    const result = await run.script(watchScript(run.work, how, row.journalOffset, until), {
      timeoutMs: 24 * 3_600_000,
      maxBytes: 16 * 1024 * 1024,
      signal,
      onStdout: (chunk) => recorder.feed(chunk),
    })
    await recorder.settled()
    switch (result.exitCode) {
      case watchExit.ended:
        return { kind: 'ended', outcome: parseHostOutcome(lastLine(result.stderr)) ?? 'undo-failed' }
      case watchExit.reached:
        return { kind: 'reached' }
      case watchExit.dead:
        return { kind: 'dead' }
      case watchExit.gone:
        return { kind: 'gone' }
      case watchExit.notStarted:
        return { kind: 'not-started' }
      default:
        return { kind: 'cut', why: 'the connection was cut' }
    }
  } catch (error) {
    await recorder.settled()
    if (!isAppError(error)) throw error
    return { kind: 'cut', why: error.userMessage ?? 'the connection was cut' }
  }
}

// What a full disk has the shell complain of stands before it.
const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

/** Takes back an upload that never started. False when it did start after all, or could not be reached. */
async function withdraw(run: HostRun): Promise<boolean> {
  try {
    const result = await run.script(withdrawScript(run.work), { timeoutMs: 30_000 })
    return result.exitCode === 0
  } catch (error) {
    if (isAppError(error)) return false
    throw error
  }
}
