import type { AskLimits } from './connection'
import { failure, reasonOf } from './failure'
import type { SqlPlace } from './types'

export interface Ending extends AskLimits {
  /** How much longer than `timeoutMs` the server is given to end the question itself. */
  graceMs: number
  /** Has the server end the question; `asked` settles by that. */
  end(): Promise<void>
  /** Leaves the question to itself: it could not be ended, or does not end. */
  cut(): void
}

// A server looks for a request to end now and then only.
const patienceMs = 5000

/**
 * Waits for an answer, and has its question ended when it is cancelled or late. Throws AppError `conflict` and `expired` for
 * these, whatever the server still said, and what `asked` throws.
 */
export async function withinTime<T>(
  asked: Promise<T>,
  place: SqlPlace,
  { timeoutMs, graceMs, signal, end, cut }: Ending,
): Promise<T> {
  let ended: 'too-long' | 'cancelled' | null = null
  let patience: NodeJS.Timeout | undefined
  let giveUp: () => void = () => undefined
  const givenUp = new Promise<void>((resolve) => {
    giveUp = resolve
  })
  const leave = () => {
    cut()
    giveUp()
  }
  const begin = (why: 'too-long' | 'cancelled') => {
    if (ended !== null) return
    ended = why
    patience = setTimeout(leave, patienceMs)
    end().catch(leave)
  }
  const onAbort = () => begin('cancelled')
  const timer = setTimeout(() => begin('too-long'), timeoutMs + graceMs)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  try {
    const first = await Promise.race([
      asked.then(
        (answer) => ({ answer }),
        (error: unknown) => {
          if (ended !== null) return
          // The server ended it itself.
          throw reasonOf(error) === 'too-long' ? failure('too-long', place, { timeoutMs, cause: error }) : error
        },
      ),
      givenUp,
    ])
    if (ended !== null || !first) throw failure(ended ?? 'lost', place, { timeoutMs })
    return first.answer
  } finally {
    clearTimeout(timer)
    clearTimeout(patience)
    signal?.removeEventListener('abort', onAbort)
  }
}
