/** Looks at something for all who watch, from the first of them until the last one left. */
export interface Poller<T> {
  /** What was told last; it stays when nobody watches any more. */
  part(): T
  /** Calls back at every news until the returned function is called. */
  watch(seen: () => void): () => void
  /** Begins the next look now, where somebody watches and none is under way. */
  again(): void
  /** How many watch; none: nothing is looked at. */
  watching(): number
}

export interface PollerOf<T> {
  /** What is told before the first look. */
  first: T
  /** Milliseconds from the end of a look to the begin of the next, by what the look took. */
  pauseMs(tookMs: number): number
  /** One look; may tell more than once, also after it ended, as long as somebody watches. What it throws is left to `failed`. */
  look(tell: (part: T) => void, signal: AbortSignal): Promise<void>
  /** What is told when a look threw. */
  failed(part: T, error: unknown): T
}

/** Makes a poller; it begins with the first who watches. */
export function makePoller<T>({ first, pauseMs, look, failed }: PollerOf<T>): Poller<T> {
  const watchers = new Set<() => void>()
  let part = first
  let stop: AbortController | null = null
  let wake = () => {}

  const tell = (next: T) => {
    part = next
    for (const seen of watchers) seen()
  }
  const run = async (signal: AbortSignal) => {
    // Who begins to watch is not called back before he knows how to stop.
    await null
    while (!signal.aborted) {
      const begun = performance.now()
      const tellOnce = (next: T) => (signal.aborted ? undefined : tell(next))
      await look(tellOnce, signal).catch((error: unknown) => tellOnce(failed(part, error)))
      await pause(pauseMs(performance.now() - begun), signal, (now) => {
        wake = now
      })
    }
  }
  return {
    part: () => part,
    watch: (seen) => {
      // Each one who watches counts, whatever it is called back by.
      const own = () => seen()
      watchers.add(own)
      if (!stop) {
        stop = new AbortController()
        void run(stop.signal)
      }
      return () => {
        watchers.delete(own)
        if (watchers.size > 0) return
        stop?.abort()
        stop = null
      }
    },
    again: () => wake(),
    watching: () => watchers.size,
  }
}

function pause(ms: number, signal: AbortSignal, hand: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      hand(() => {})
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    hand(done)
    if (signal.aborted) done()
  })
}
