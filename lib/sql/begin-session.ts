import { connectTimeoutMs } from './open-stream'
import type { SqlPlace } from './types'
import { withinTime } from './within-time'

/**
 * The first questions on a new connection, which nobody waits for longer than for the connection itself; one that a signal or
 * the time ends is cut. Throws AppError `conflict` and `expired` for these, and what the questions throw.
 */
export async function beginSession<T>(
  place: SqlPlace,
  cut: () => void,
  begin: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const end = () => Promise.reject(new Error('expected a session, got a connection that is not told to read only yet'))
  try {
    return await withinTime(begin(), place, { timeoutMs: connectTimeoutMs, graceMs: 0, signal, end, cut })
  } catch (error) {
    cut()
    throw error
  }
}
