import { readFacts } from '@/lib/facts'
import type { StoredFacts, StoredResult } from '@/lib/inventory/stored-facts'
import { hostQueue } from '@/lib/jobs'
import { type SshTarget, sshPool } from '@/lib/ssh'
import { probesOf, type Tier } from './probes-of'
import type { FreshReading } from './store-readings'

export interface TakeReadingOptions {
  /** A person waits for it: it goes before what the schedule asked. */
  isUrgent?: boolean
  signal?: AbortSignal
}

/** Asks one host all questions of a tier, when nothing else is at work on it. Stores nothing. Throws what lib/ssh throws. */
export function takeReading(target: SshTarget, tier: Tier, options: TakeReadingOptions = {}): Promise<FreshReading> {
  const priority = options.isUrgent ? 10 : 0
  return hostQueue().run(target.hostId, (signal) => ask(target, tier, signal), { priority, signal: options.signal })
}

async function ask(target: SshTarget, tier: Tier, signal: AbortSignal): Promise<FreshReading> {
  const pool = sshPool()
  const session = {
    script: (sh: string, options: Parameters<typeof pool.script>[2]) => pool.script(target, sh, options),
  }
  const takenAt = new Date()
  const run = await readFacts(session, probesOf(tier), { signal, privileged: target.privilege !== 'none' })
  const at = takenAt.getTime()
  const results: Record<string, StoredResult> = {}
  for (const [probeId, found] of Object.entries(run.results)) results[probeId] = { at, found }
  const facts: StoredFacts = { results, problems: run.problems }
  return { hostId: target.hostId, tier, takenAt, durationMs: run.durationMs, roundTrips: run.roundTrips, facts }
}
