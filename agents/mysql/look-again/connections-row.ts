import { spanText } from './figures'
import { isOfRunAfter } from './memory-row'
import { countOf } from './movement'
import type { Row } from './row'
import type { TimedSample } from './sample'

/** From this share of the limit on, the next busy hour finds it. */
const TIGHT = 0.85

/**
 * How many connections were in use at once, of how many there may be. The server keeps one such peak since its start (or
 * FLUSH STATUS): of one that was not restarted it may be from before the change.
 */
export function connectionsRow(
  { before, since }: { before: readonly TimedSample[]; since: readonly TimedSample[] },
  { startedAt, seconds }: { startedAt: number; seconds: number },
): Row {
  const was = before.at(-1)
  const last = since.at(-1)
  const limit = Number(last?.variables['max_connections'] ?? Number.NaN)
  const own = mostUsed(since.filter((sample) => isOfRunAfter(sample, startedAt)))
  const used = own ?? mostUsed(since)
  const base = { id: 'connections', label: 'Connections used at once', before: was ? textOf(was) : null }
  if (used === null || !(limit > 0))
    return { ...base, after: null, verdict: 'not-known', sentence: 'The server did not tell how many were used.' }
  const after = `${used} of ${limit}`
  const figures = `At most ${after} were used, in ${spanText(seconds)}`
  if (used < TIGHT * limit) return { ...base, after, verdict: 'same', sentence: `${figures}: there is room.` }
  return own === null
    ? {
        ...base,
        after,
        verdict: 'not-known',
        sentence: `${figures}, or before the change: the server was not restarted since.`,
      }
    : { ...base, after, verdict: 'worse', sentence: `${figures}: the next one may be refused.` }
}

function textOf(sample: TimedSample): string | null {
  const [used, limit] = [countOf(sample, 'Max_used_connections'), sample.variables['max_connections']]
  return used === null || limit === undefined ? null : `${used} of ${limit}`
}

function mostUsed(samples: readonly TimedSample[]): number | null {
  const used = samples.flatMap((sample) => countOf(sample, 'Max_used_connections') ?? [])
  return used.length > 0 ? Math.max(...used.map(Number)) : null
}
