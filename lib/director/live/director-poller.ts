import { isAppError } from '@/lib/errors'
import { makePoller, type Poller } from '@/lib/stream/poller'
import { isConsoleName } from '../console-names'
import {
  type DirectorJob,
  parseClientJobs,
  parseRunning,
  parseScheduled,
  parseTerminated,
  type ScheduledJob,
  type TerminatedJob,
} from '../parse-status'
import type { ConsoleAnswers } from '../split-answers'
import { type ClientSaid, isAtWork, joinFigures, saidNext, sameKey } from './join-figures'
import type { LastSameJob, RunningPart } from './running-state'

/** What the poller asks; injected, so that a test can answer. */
export interface PollerAsks {
  director(lines: readonly string[], options: { signal: AbortSignal; timeoutS: number }): Promise<ConsoleAnswers>
  /** What these jobs came to when they last ended well, by `sameKey`. */
  lastSame(jobs: readonly { name: string; level: string }[]): Promise<ReadonlyMap<string, LastSameJob>>
}

const everyMs = 3000
const slowEveryMs = 30_000
const directorTimeoutS = 20
/** A client that nobody answers for takes the director's connect timeout, which may be minutes. */
const clientTimeoutS = 10
const mostClientsAtOnce = 3

type Tell = (part: RunningPart) => void

/** Looks at one director for all who watch, from the first of them until the last one left. */
export function directorPoller(asks: PollerAsks): Poller<RunningPart> {
  const director = new WatchedDirector(asks)
  return makePoller({
    first: director.part,
    pauseMs: (tookMs) => Math.max(500, everyMs - tookMs),
    look: (tell, signal) => director.look(tell, signal),
    failed: (part, error) => ({ ...part, trouble: sentenceOf(error) }),
  })
}

/** What a director told so far, over as many looks as there were. */
class WatchedDirector {
  part: RunningPart = { state: null, trouble: null }
  #watch: AbortSignal | null = null
  #jobs: DirectorJob[] = []
  #scheduled: ScheduledJob[] = []
  #terminated: TerminatedJob[] = []
  #slowAt = Number.NEGATIVE_INFINITY
  #named = { director: '', version: '' }
  #said = new Map<number, ClientSaid>()
  #silent = new Set<string>()
  #asking = new Set<string>()
  #last = new Map<string, LastSameJob | null>()

  constructor(private readonly asks: PollerAsks) {}

  /** One look. `signal` is the same until nobody watches any more. */
  async look(tell: Tell, signal: AbortSignal): Promise<void> {
    // Figures from before a pause are no base for a rate.
    if (signal !== this.#watch) this.#said.clear()
    this.#watch = signal
    const isSlow = performance.now() - this.#slowAt >= slowEveryMs
    const lines = [
      '.api 2',
      '.status dir running',
      ...(isSlow ? ['.status dir scheduled', '.status dir terminated'] : []),
    ]
    try {
      const said = await this.asks.director(lines, { signal, timeoutS: directorTimeoutS })
      if (signal.aborted) return
      this.#take(said, isSlow)
      this.#askClients(tell, signal)
      await this.#askLast()
      this.#tell(tell, null)
    } catch (error) {
      if (!signal.aborted) this.#tell(tell, sentenceOf(error))
    }
  }

  #take({ director, version, answers }: ConsoleAnswers, isSlow: boolean): void {
    const [, running, scheduled, terminated] = answers
    this.#named = { director, version }
    const before = this.#jobs
    if (running != null) this.#jobs = parseRunning(running)
    const ids = new Set(this.#jobs.map((job) => job.jobId))
    for (const jobId of this.#said.keys()) if (!ids.has(jobId)) this.#said.delete(jobId)
    if (isSlow) {
      if (scheduled != null) this.#scheduled = parseScheduled(scheduled)
      if (terminated != null) this.#terminated = parseTerminated(terminated)
      this.#slowAt = performance.now()
    }
    const ended = before.filter((job) => !ids.has(job.jobId))
    // What ended is the last one of its kind from now on, and stands among the ended at the next look.
    for (const job of ended) this.#last.delete(sameKey(job))
    if (ended.length > 0 && !isSlow) this.#slowAt = Number.NEGATIVE_INFINITY
  }

  /** Each client apart, so that one which hangs holds up nobody; its next question waits for the one that is open. */
  #askClients(tell: Tell, signal: AbortSignal): void {
    const names = new Set(this.#jobs.flatMap((job) => (job.client !== null && isAtWork(job) ? [job.client] : [])))
    for (const name of this.#silent) if (!names.has(name)) this.#silent.delete(name)
    for (const name of names)
      if (isConsoleName(name) && !this.#asking.has(name) && this.#asking.size < mostClientsAtOnce)
        void this.#askClient(name, tell, signal)
  }

  async #askClient(name: string, tell: Tell, signal: AbortSignal): Promise<void> {
    this.#asking.add(name)
    try {
      const lines = ['.api 2', `.status client="${name}" running`]
      const { answers } = await this.asks.director(lines, { signal, timeoutS: clientTimeoutS })
      const ids = new Set(this.#jobs.flatMap((job) => (job.client === name ? [job.jobId] : [])))
      const jobs = parseClientJobs(answers[1] ?? '', ids)
      const at = Date.now()
      for (const job of jobs) this.#said.set(job.jobId, saidNext(this.#said.get(job.jobId), job, at))
      if (jobs.length > 0) this.#silent.delete(name)
      else if (!/DirectorConnected/.test(answers[1] ?? '')) this.#silent.add(name)
    } catch {
      if (!signal.aborted) this.#silent.add(name)
    } finally {
      this.#asking.delete(name)
    }
    if (!signal.aborted) this.#tell(tell, this.part.trouble)
  }

  async #askLast(): Promise<void> {
    const wanted = new Map(this.#jobs.filter((job) => !this.#last.has(sameKey(job))).map((job) => [sameKey(job), job]))
    if (wanted.size === 0) return
    // Without the catalog there is no comparison; the director's word stands alone.
    const found = await this.asks.lastSame([...wanted.values()]).catch(() => new Map<string, LastSameJob>())
    for (const key of wanted.keys()) this.#last.set(key, found.get(key) ?? null)
  }

  #tell(tell: Tell, trouble: string | null): void {
    const state = {
      ...this.#named,
      at: Date.now(),
      jobs: this.#jobs.map((job) => joinFigures(job, this.#said.get(job.jobId), this.#last.get(sameKey(job)) ?? null)),
      silent: [...this.#silent].toSorted(),
      scheduled: this.#scheduled,
      terminated: this.#terminated,
    }
    this.part = { state: trouble !== null ? this.part.state : state, trouble }
    tell(this.part)
  }
}

function sentenceOf(error: unknown): string {
  return (isAppError(error) && error.userMessage) || 'The director could not be asked.'
}
