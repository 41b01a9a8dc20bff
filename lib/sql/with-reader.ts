import { AppError } from '@/lib/errors'
import type { SqlPlace, SqlReader } from './types'

export interface WithReaderOptions {
  signal?: AbortSignal
}

/**
 * Does work with a reader of a place. Connections are kept for a while and shared: at most a few for each place, one piece of
 * work at a time on each. Throws what `SqlReader.ask` does, and what connecting to the host throws.
 */
export async function withReader<T>(
  place: SqlPlace,
  _work: (reader: SqlReader) => Promise<T>,
  _options: WithReaderOptions = {},
): Promise<T> {
  throw new AppError('internal', `expected a driver for ${place.way}, got none yet`)
}
