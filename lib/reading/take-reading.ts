import { AppError } from '@/lib/errors'
import { cheapFactsOf, deepFactsOf, type FactsRun, readFacts } from '@/lib/facts'
import type { StoredFacts, StoredResult } from '@/lib/inventory/stored-facts'
import { hostQueue } from '@/lib/jobs'
import { type SshTarget, sshPool } from '@/lib/ssh'
import { agentProbes } from './agent-probes'
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
  const probes = await probesOf(target.hostId, tier)
  const run = await readFacts(session, probes, { signal, privileged: target.privilege !== 'none' })
  refuseSilence(target, run)
  const { durationMs, roundTrips, problems } = run
  const facts = { results: resultsOf(run, tier, takenAt.getTime()), problems }
  return { hostId: target.hostId, tier, takenAt, durationMs, roundTrips, facts }
}

/** A host that was entered and answered nothing at all has no shell that Pollux can use: its last good figures stay. */
function refuseSilence({ hostId, name }: SshTarget, { results, problems }: FactsRun): void {
  const isSilent = Object.values(results).every((found) => found.state === 'not-read' && found.why === 'cut-off')
  if (!isSilent) return
  const said = problems[0]?.message ?? 'The host gave no answer.'
  throw new AppError('unreachable', `expected answers of ${name}, got none: ${said}`, {
    userMessage: `${name} let Pollux in, but its shell ran nothing. ${said}`,
    data: { stage: 'shell', hostId, host: name },
  })
}

/** Every probe's result; the host's own facts as lib/facts puts them together out of several answers. */
function resultsOf(run: FactsRun, tier: Tier, at: number): StoredFacts['results'] {
  const found = { ...run.results, ...cheapFactsOf(run), ...(tier === 'deep' ? deepFactsOf(run) : {}) }
  const results: Record<string, StoredResult> = {}
  for (const [id, one] of Object.entries(found)) results[id] = { at, found: keptOf(id, one) }
  return results
}

/** What an agent's probe lets into the store: plans get what is secret fresh from the host. */
function keptOf(id: string, found: StoredResult['found']): StoredResult['found'] {
  const keep = agentProbes().find((probe) => probe.id === id)?.keep
  return keep && found.state === 'read' ? { state: 'read', value: keep(found.value) } : found
}
