import { watchSessionEnds } from '@/lib/auth/session-ends'

/** What an event stream sends and when. */
export interface EventSourceOf<T> {
  /** What there is to say since the last call. */
  next(): Promise<T>
  /** Whether the stream ends behind this part. */
  isLast(part: T): boolean
  /** Calls back whenever there may be something new; returns how to stop that. */
  watch(seen: () => void): () => void
  /** Asked every 30 s, and whenever somebody's session ended: whether this reader may still read. */
  mayRead(): Promise<boolean>
}

const checkMs = 30_000

/**
 * Server-sent events (WHATWG HTML, 9.2): one part at once, then one whenever something is new, until the last part,
 * until the reader leaves, or until it may no longer read. Parts that come close together are sent as one.
 */
export function eventStream<T>(request: Request, source: EventSourceOf<T>): Response {
  const encoder = new TextEncoder()
  let close = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let isBusy = false
      let isDirty = false
      let isClosed = false
      const unwatch = source.watch(() => void send())
      const timer = setInterval(() => void check(), checkMs)
      const unwatchSessions = watchSessionEnds(() => void check())
      close = () => {
        if (isClosed) return
        isClosed = true
        clearInterval(timer)
        unwatch()
        unwatchSessions()
        request.signal.removeEventListener('abort', close)
        controller.close()
      }
      request.signal.addEventListener('abort', close)
      const send = async () => {
        isDirty = true
        if (isBusy) return
        isBusy = true
        try {
          while (isDirty && !isClosed) {
            isDirty = false
            const part = await source.next()
            if (isClosed) return
            controller.enqueue(encoder.encode(`data: ${JSON.stringify(part)}\n\n`))
            if (source.isLast(part)) close()
          }
        } catch {
          // The reader comes back by itself and is told then what is wrong.
          close()
        } finally {
          isBusy = false
        }
      }
      const check = async () => {
        if (!(await source.mayRead().catch(() => false))) close()
        else if (!isClosed) controller.enqueue(encoder.encode(': still here\n\n'))
      }
      void send()
    },
    cancel: () => close(),
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
}
