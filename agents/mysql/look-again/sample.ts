import { z } from 'zod'
import type { MysqlFacts, MysqlServer } from '../facts/facts'
import { rules } from '../propose/rules'

/** Counters of `SHOW GLOBAL STATUS` that a look again rests on (MySQL Reference Manual, "Server Status Variables"). */
const COUNTERS = [
  ...['Questions', 'Connections', 'Threads_created', 'Aborted_connects', 'Max_used_connections'],
  ...['Innodb_buffer_pool_reads', 'Innodb_buffer_pool_read_requests', 'Innodb_log_waits'],
  ...['Created_tmp_tables', 'Created_tmp_disk_tables', 'Sort_merge_passes', 'Opened_tables', 'Key_reads'],
  'Uptime_since_flush_status',
] as const

/** Every variable that a proposal may name. */
const VARIABLES = [...new Set(rules.map(({ name }) => name))]

/** What is kept of one reading of one server: a kilobyte, and no secret. */
export const sample = z.object({
  version: z.string(),
  /** Seconds since it started; null where it did not tell. */
  uptimeS: z.number().nullable(),
  /** Resident then, in bytes. */
  rssBytes: z.number().nullable(),
  /** VmHWM: the most since it started, in bytes. */
  peakRssBytes: z.number().nullable(),
  /** Counters as the server wrote them: whole numbers of up to 64 bits. */
  counters: z.record(z.string(), z.string()),
  variables: z.record(z.string(), z.string()),
})

export type Sample = z.infer<typeof sample>

/** A sample with the time it was read, in milliseconds since 1970. */
export type TimedSample = Sample & { at: number }

/** What is kept of each server of a host that answered; `subject` is its name in a wish. Pure. */
export function samplesOf({ servers }: MysqlFacts): { subject: string; data: Sample }[] {
  return servers.flatMap((server) => {
    const data = sampleOf(server)
    return data === null ? [] : [{ subject: server.key, data }]
  })
}

/** What is kept of one server; null where it did not answer. */
export function sampleOf({ said, process }: MysqlServer): Sample | null {
  if (said.state === 'not-read') return null
  const { version, uptimeS, status, variables } = said.value
  return {
    version,
    uptimeS,
    rssBytes: process?.rssBytes ?? null,
    peakRssBytes: process?.peakRssBytes ?? null,
    counters: some(status, COUNTERS),
    variables: some(variables, VARIABLES),
  }
}

/** The samples that the store gave back, in the order of time. What an older version kept in another shape is left out. */
export function timedSamples(kept: readonly { at: number; data: unknown }[]): TimedSample[] {
  return kept
    .flatMap(({ at, data }) => {
      const parsed = sample.safeParse(data)
      return parsed.success ? [{ ...parsed.data, at }] : []
    })
    .toSorted((a, b) => a.at - b.at)
}

function some(from: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])))
}
