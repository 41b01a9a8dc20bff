import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
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
  work: (reader: SqlReader) => Promise<T>,
  _options: WithReaderOptions = {},
): Promise<T> {
  if (place.way !== 'file') throw new AppError('internal', `expected a driver for ${place.way}, got none yet`)
  const client = createClient({ url: pathToFileURL(place.path).href })
  try {
    return await work({
      dialect: 'sqlite',
      server: '3',
      ask: async ({ texts, values }) => {
        const { rows, columns } = await client.execute({ sql: texts.join('?'), args: [...values] })
        return rows.map((row) =>
          Object.fromEntries(
            columns.map((name, at) => [name.toLowerCase(), row[at] === null ? null : String(row[at])] as const),
          ),
        )
      },
    })
  } finally {
    client.close()
  }
}
