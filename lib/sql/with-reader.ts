import { assertReads } from './assert-reads'
import { reasonOf } from './failure'
import { keptConnections, type Slot } from './kept-connections'
import type { Sql } from './sql'
import type { AskOptions, SqlPlace, SqlReader, SqlRow } from './types'

export interface WithReaderOptions {
  /** Gives up waiting for a connection, and making one. Questions have their own. */
  signal?: AbortSignal
}

const defaultTimeoutMs = 30_000

/**
 * Does work with a reader of a place. Connections are kept for a while and shared: at most three for each place, one piece of
 * work at a time on each. Throws what `SqlReader.ask` does, and what connecting to the host throws.
 */
export async function withReader<T>(
  place: SqlPlace,
  work: (reader: SqlReader) => Promise<T>,
  { signal }: WithReaderOptions = {},
): Promise<T> {
  const slot = await keptConnections().acquire(place, signal)
  let isOver = false
  let turn: Promise<unknown> = Promise.resolve()
  try {
    return await work({
      dialect: place.dialect,
      server: slot.connection.server,
      ask(question, options) {
        assertReads(question)
        // One at a time, in the order in which they were asked.
        const asked = turn.then(() => {
          if (isOver) throw new Error('expected a question during the work, got one after its end')
          return askOnce(slot, question, options)
        })
        turn = asked.catch(() => undefined)
        return asked
      },
    })
  } finally {
    isOver = true
    // Whoever left a question behind does not hold up the caller.
    void turn.then(() => slot.release())
  }
}

async function askOnce(slot: Slot, question: Sql, { timeoutMs = defaultTimeoutMs, signal }: AskOptions = {}) {
  if (!slot.connection.isUsable()) await slot.replace()
  const ask = (): Promise<SqlRow[]> => slot.connection.ask(question, { timeoutMs, signal })
  try {
    return await ask()
  } catch (error) {
    // It died while nobody looked. Questions only read, so that it does no harm if this one came through.
    if (!slot.wasKept || !isLost(slot, error)) throw error
    await slot.replace()
    return await ask()
  } finally {
    slot.wasKept = false
  }
}

function isLost(slot: Slot, error: unknown): boolean {
  return reasonOf(error) === 'lost' || (!slot.connection.isUsable() && reasonOf(error) === null)
}
