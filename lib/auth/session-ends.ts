import { EventEmitter } from 'node:events'
import { single } from '@/lib/config/single'
import { type Tx, work } from '@/lib/db'

/**
 * A unit of work that takes sessions or rights from somebody. Once it is kept, every open stream asks again whether its
 * reader may still read, so that nothing goes on until its next regular look.
 */
export async function workEndingSessions<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await work(run)
  sessionsEnded()
  return result
}

/** Tells open streams that somebody's session ended or a role changed. */
export function sessionsEnded(): void {
  ends().emit('ended')
}

/** Calls `seen` whenever a session ended or a role changed, until the returned function is called. */
export function watchSessionEnds(seen: () => void): () => void {
  ends().on('ended', seen)
  return () => ends().off('ended', seen)
}

function ends(): EventEmitter {
  return single('session-ends', () => new EventEmitter().setMaxListeners(0))
}
