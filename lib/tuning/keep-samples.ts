import { listAgents } from '@/lib/changes/agents'
import type { Tx } from '@/lib/db'

/** What was read of one host: each probe's value by its id, null or left out where it was not read. */
export interface ReadFacts {
  hostId: string
  at: Date
  factsOf(probeId: string): unknown
}

/** Between two samples of one thing lies at least this; a little less than an hour, as readings come with some delay. */
export const leastMs = 58 * 60_000

/**
 * Keeps what agents look at again of these readings: of each thing of a host at most one sample an hour. Two queries where
 * there is something to keep, none where there is not.
 */
export async function keepSamples(tx: Tx, readings: readonly ReadFacts[]): Promise<void> {
  const fresh = readings.flatMap(samplesOf)
  if (fresh.length === 0) return
  const oldest = Math.min(...fresh.map(({ at }) => at.getTime()))
  const kept = await tx.tuningSample.findMany({
    where: { hostId: { in: fresh.map(({ hostId }) => hostId) }, at: { gt: new Date(oldest - leastMs) } },
    select: { hostId: true, agentId: true, subject: true, at: true },
  })
  const isDue = (sample: (typeof fresh)[number]) =>
    !kept.some((one) => sameThing(one, sample) && sample.at.getTime() - one.at.getTime() < leastMs)
  const due = fresh.filter(isDue)
  if (due.length > 0) await tx.tuningSample.createMany({ data: due })
}

interface Thing {
  hostId: string
  agentId: string
  subject: string
}

function sameThing(a: Thing, b: Thing): boolean {
  return a.hostId === b.hostId && a.agentId === b.agentId && a.subject === b.subject
}

function samplesOf({ hostId, at, factsOf }: ReadFacts) {
  return listAgents().flatMap(({ id, probe, lookAgain }) => {
    const facts = lookAgain ? (factsOf(probe.id) ?? null) : null
    if (!lookAgain || facts === null) return []
    return lookAgain
      .samples(facts)
      .map(({ subject, data }) => ({ hostId, agentId: id, subject, at, data: JSON.stringify(data) }))
  })
}
