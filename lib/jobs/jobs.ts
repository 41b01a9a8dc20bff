import { setTimeout as sleep } from 'node:timers/promises'
import { Cron } from 'croner'
import { type Ctx, systemCtx } from '@/lib/auth/actor'
import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'
import { log, logError, newRequestId } from '@/lib/log'

export interface Job {
  name: string
  /** When it begins: a cron pattern of five or six fields, in the machine's time. */
  schedule: string
  /** Begins up to so many milliseconds later, so that hosts and instances do not all move at once. */
  jitterMs?: number
  /** The work. `signal` aborts when the process ends; what it throws is logged. */
  run(ctx: Ctx, signal: AbortSignal): Promise<void>
}

export interface JobState {
  name: string
  isRunning: boolean
  lastEndedAt: Date | null
  /** The id that finds the last failure in the log; null when the last run was good, or none ended yet. */
  lastFailure: string | null
  nextAt: Date | null
}

interface Entry {
  job: Job
  cron: Cron | null
  running: Promise<void> | null
  lastEndedAt: Date | null
  lastFailure: string | null
}

interface Jobs {
  entries: Map<string, Entry>
  controller: AbortController | null
}

/** Names regular work. Registering a name again replaces what it stood for (a module that was loaded anew). */
export function registerJob(job: Job): void {
  const { entries, controller } = jobs()
  entries.get(job.name)?.cron?.stop()
  const entry: Entry = { job, cron: null, running: null, lastEndedAt: null, lastFailure: null }
  entries.set(job.name, entry)
  if (controller) schedule(entry, controller.signal)
}

/** Begins to run the jobs at their times; they end with the process. A second call does nothing. */
export function startJobs(): void {
  const state = jobs()
  if (state.controller) return
  const controller = new AbortController()
  state.controller = controller
  for (const entry of state.entries.values()) schedule(entry, controller.signal)
  onShutdown('intake', 'jobs', stopJobs)
}

/** Stops the schedules, tells what runs to end, and waits for it. */
export async function stopJobs(): Promise<void> {
  const state = jobs()
  state.controller?.abort(new Error('the jobs are stopping'))
  state.controller = null
  const entries = [...state.entries.values()]
  for (const entry of entries) {
    entry.cron?.stop()
    entry.cron = null
  }
  await Promise.all(entries.map((entry) => entry.running))
}

/** Runs a job now, beside its schedule; joins the run that is under way. */
export function runJobNow(name: string, signal?: AbortSignal): Promise<void> {
  const entry = jobs().entries.get(name)
  if (!entry) throw new Error(`expected a registered job, got '${name}'`)
  return runOnce(entry, signal ?? jobs().controller?.signal ?? new AbortController().signal)
}

/** How the jobs stand; `isStarted` tells whether their schedules run. */
export function jobStates(): { isStarted: boolean; jobs: JobState[] } {
  const { controller, entries } = jobs()
  return { isStarted: controller !== null, jobs: [...entries.values()].map(stateOf) }
}

function schedule(entry: Entry, signal: AbortSignal): void {
  entry.cron = new Cron(entry.job.schedule, { unref: true, protect: true }, async () => {
    try {
      await sleep(Math.random() * (entry.job.jitterMs ?? 0), undefined, { signal, ref: false })
    } catch {
      return
    }
    await runOnce(entry, signal)
  })
}

function runOnce(entry: Entry, signal: AbortSignal): Promise<void> {
  entry.running ??= runAndRecord(entry, signal).finally(() => {
    entry.running = null
  })
  return entry.running
}

async function runAndRecord(entry: Entry, signal: AbortSignal): Promise<void> {
  const ctx = systemCtx(newRequestId())
  const begun = performance.now()
  try {
    await entry.job.run(ctx, signal)
    entry.lastFailure = null
    const ms = Math.round(performance.now() - begun)
    log.debug({ job: entry.job.name, ms, requestId: ctx.requestId }, 'job ended')
  } catch (error) {
    if (!signal.aborted) entry.lastFailure = logError(ctx, error, `job '${entry.job.name}' failed`)
  } finally {
    entry.lastEndedAt = new Date()
  }
}

function stateOf({ job, cron, running, lastEndedAt, lastFailure }: Entry): JobState {
  return { name: job.name, isRunning: running !== null, lastEndedAt, lastFailure, nextAt: cron?.nextRun() ?? null }
}

function jobs(): Jobs {
  return single('jobs', () => ({ entries: new Map(), controller: null }))
}
