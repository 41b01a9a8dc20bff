import PQueue from 'p-queue'
import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'

/** How many hosts are worked on at once. Work on a host is mostly waiting for it, so this bounds sockets and memory, not cores. */
const hostsAtOnce = 32

export interface HostQueueOptions {
  /** Higher goes first among what waits; a person who clicked waits in front of the schedule. */
  priority?: number
  /** Takes the work off the queue, and is handed on to it once it runs. */
  signal?: AbortSignal
}

/** Runs work on hosts: one piece at a time per host, a bounded number of hosts at once. */
export class HostQueue {
  readonly #slots: PQueue
  readonly #hosts = new Map<string, PQueue>()
  readonly #stopping = new AbortController()
  /** When what waits came, and what runs. */
  readonly #waiting = new Set<{ since: number }>()
  #running = 0

  constructor(concurrency = hostsAtOnce) {
    this.#slots = new PQueue({ concurrency })
  }

  /** Queues one piece of work and settles as it does. Rejects with the signal's reason when taken off before it began. */
  async run<T>(hostId: string, work: (signal: AbortSignal) => Promise<T>, options: HostQueueOptions = {}): Promise<T> {
    const { priority = 0 } = options
    const signal = AbortSignal.any([this.#stopping.signal, ...(options.signal ? [options.signal] : [])])
    const entry = { since: performance.now() }
    this.#waiting.add(entry)
    return rejectUntilBegun<T>(signal, (begin) => {
      const turn = () => this.#slots.add(() => begin(() => this.#count(entry, () => work(signal))), { priority })
      // Waiting for the host comes first: work that waits for its host holds none of the slots.
      return this.#queueOf(hostId).add(turn, { priority })
    }).finally(() => this.#waiting.delete(entry))
  }

  /** How much runs and waits, and for how many seconds the oldest of what waits. */
  stats(): { running: number; waiting: number; oldestWaitS: number } {
    // A set keeps the order in which its members came.
    const [oldest] = this.#waiting
    const oldestWaitS = oldest ? (performance.now() - oldest.since) / 1000 : 0
    return { running: this.#running, waiting: this.#waiting.size, oldestWaitS }
  }

  async #count<T>(entry: { since: number }, work: () => Promise<T>): Promise<T> {
    this.#waiting.delete(entry)
    this.#running += 1
    try {
      return await work()
    } finally {
      this.#running -= 1
    }
  }

  /** Whether anything runs or waits on the host. */
  isBusy(hostId: string): boolean {
    const queue = this.#hosts.get(hostId)
    return queue !== undefined && queue.pending + queue.size > 0
  }

  /** Rejects what waits, tells what runs to end, and resolves when it has. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the queue is stopping'))
    await Promise.all([...this.#hosts.values(), this.#slots].map((queue) => queue.onIdle()))
  }

  #queueOf(hostId: string): PQueue {
    const known = this.#hosts.get(hostId)
    if (known) return known
    const queue = new PQueue({ concurrency: 1 })
    queue.on('idle', () => this.#hosts.delete(hostId))
    this.#hosts.set(hostId, queue)
    return queue
  }
}

// The queue library's own signal would free the host while work that was told to end still ends.
async function rejectUntilBegun<T>(
  signal: AbortSignal,
  queue: (begin: (work: () => Promise<T>) => Promise<T>) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  let hasBegun = false
  let takeOff = () => {}
  const takenOff = new Promise<never>((_, reject) => {
    takeOff = () => hasBegun || reject(signal.reason)
    signal.addEventListener('abort', takeOff)
  })
  const ended = queue((work) => {
    signal.throwIfAborted()
    hasBegun = true
    return work()
  })
  try {
    return await Promise.race([ended, takenOff])
  } finally {
    signal.removeEventListener('abort', takeOff)
  }
}

/** The process's one host queue. */
export function hostQueue(): HostQueue {
  return single('host-queue', () => {
    const queue = new HostQueue()
    onShutdown('intake', 'host queue', () => queue.stop())
    return queue
  })
}
