import { megabytesText, spanText } from './figures'
import type { Row } from './row'
import type { TimedSample } from './sample'

/** What is known of the peak since a change. */
export interface Peak {
  row: Row
  bytes: number | null
  /** Whether it stayed within the budget; null where that cannot be told. */
  isWithin: boolean | null
}

/**
 * The most memory that the server had since the change, against its budget. The kernel keeps one peak for the life of a
 * process: of a server that was not restarted it may be from before the change, and then it proves only what is within.
 */
export function peakSince(
  { before, since }: { before: readonly TimedSample[]; since: readonly TimedSample[] },
  { budgetBytes, startedAt, seconds }: { budgetBytes: number; startedAt: number; seconds: number },
): Peak {
  const own = highest(since.filter((sample) => isOfRunAfter(sample, startedAt)))
  const old = highest(since.filter((sample) => !isOfRunAfter(sample, startedAt)))
  const was = before.at(-1)?.peakRssBytes ?? null
  // A peak that grew since is of the time since, whenever the server started.
  const hasGrown = old !== null && was !== null && old > was
  const known = hasGrown ? Math.max(old, own ?? 0) : own
  const bytes = known ?? old
  const isWithin = bytes === null ? null : bytes <= budgetBytes ? true : known === null ? null : false
  const row = {
    id: 'peak',
    label: 'Peak memory',
    before: was === null ? null : megabytesText(was),
    after: bytes === null ? null : megabytesText(bytes),
    verdict: isWithin === null ? ('not-known' as const) : isWithin ? ('same' as const) : ('worse' as const),
    sentence: sentenceOf(bytes, isWithin, budgetBytes, seconds),
  }
  return { row, bytes, isWithin }
}

/** Whether the server that was read had started after the change began; a minute is the clocks' own. */
export function isOfRunAfter({ at, uptimeS }: TimedSample, startedAt: number): boolean {
  return uptimeS !== null && at - uptimeS * 1000 >= startedAt - 60_000
}

function sentenceOf(bytes: number | null, isWithin: boolean | null, budgetBytes: number, seconds: number): string {
  if (bytes === null) return 'The host did not tell how much memory the server had at most.'
  const figures = `${megabytesText(bytes)} of ${megabytesText(budgetBytes)}, in ${spanText(seconds)}`
  if (isWithin === null)
    return `${figures}: the server was not restarted since, so that its peak may be from before the change.`
  return isWithin ? `${figures}: within its budget.` : `${figures}: more than its budget.`
}

function highest(samples: readonly TimedSample[]): number | null {
  const peaks = samples.flatMap(({ peakRssBytes }) => (peakRssBytes === null ? [] : [peakRssBytes]))
  return peaks.length > 0 ? Math.max(...peaks) : null
}
