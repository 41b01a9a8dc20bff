import type { TimedSample } from './sample'

export const hour = 3_600_000
export const change = Date.parse('2026-11-26T12:00:00Z')
export const megabyte = 2 ** 20

/** A sample so many hours after the change, with these counters; up since the change unless told otherwise. */
export function sampleAt(hours: number, seed: Partial<TimedSample> & { upH?: number } = {}): TimedSample {
  const { upH = Math.max(hours, 0), ...rest } = seed
  return {
    at: change + hours * hour,
    version: '10.11.14-MariaDB',
    uptimeS: upH * 3600,
    rssBytes: 150 * megabyte,
    peakRssBytes: 212 * megabyte,
    variables: { max_connections: '20' },
    ...rest,
    counters: { Questions: String(Math.round(upH * 1000)), Max_used_connections: '5', ...rest.counters },
  }
}
