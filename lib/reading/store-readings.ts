import { type Tx, work } from '@/lib/db'
import { writeReach } from '@/lib/inventory/record-reach'
import { foundOf, mergeFacts, parseStoredFacts, printStoredFacts, type StoredFacts } from '@/lib/inventory/stored-facts'
import { keepSamples } from '@/lib/tuning/keep-samples'
import { historyOf } from './history-of'
import type { Tier } from './probes-of'

/** One host's reading, ready for the store. */
export interface FreshReading {
  hostId: string
  tier: Tier
  takenAt: Date
  durationMs: number
  roundTrips: number
  facts: StoredFacts
}

/** How the reading of one host ended. */
export type ReadingEnd = { ok: true; reading: FreshReading } | { ok: false; hostId: string; error: unknown }

/**
 * Stores readings and failures of many hosts in one transaction: history, latest facts and reach of a host never
 * disagree. A host that was out of reach keeps its last good figures with their time.
 */
export async function storeReadings(ends: readonly ReadingEnd[]): Promise<void> {
  await work((tx) => writeReadings(tx, ends))
}

/** The same inside the caller's transaction. */
export async function writeReadings(tx: Tx, ends: readonly ReadingEnd[]): Promise<void> {
  const fresh = ends.flatMap((end) => (end.ok ? [end.reading] : []))
  const hosts = await tx.host.findMany({
    where: { id: { in: fresh.map((reading) => reading.hostId) } },
    select: { id: true, latestFacts: true },
  })
  const before = new Map(hosts.map((host) => [host.id, host.latestFacts]))
  // A host may have been removed while it was read.
  const kept = fresh.filter((reading) => before.has(reading.hostId))
  await tx.factsReading.createMany({ data: kept.map(historyRow) })
  await keepSamples(
    tx,
    kept.map(({ hostId, takenAt: at, facts }) => ({ hostId, at, factsOf: (id) => readOf(facts, id) })),
  )
  for (const reading of kept) {
    const latest = mergeFacts(parseStoredFacts(before.get(reading.hostId) ?? null), reading.facts)
    const contact = { reach: 'ok', reachDetail: null, reachAt: reading.takenAt }
    await tx.host.updateMany({
      where: { id: reading.hostId },
      data: { ...contact, factsAt: reading.takenAt, latestFacts: printStoredFacts(latest) },
    })
  }
  for (const end of ends) if (!end.ok) await writeReach(tx, end.hostId, end.error)
}

function readOf(facts: StoredFacts, probeId: string): unknown {
  const found = foundOf<unknown>(facts, probeId)
  return found.state === 'read' ? found.value : null
}

function historyRow({ facts, ...row }: FreshReading) {
  return { ...row, data: printStoredFacts(row.tier === 'cheap' ? historyOf(facts) : facts) }
}
