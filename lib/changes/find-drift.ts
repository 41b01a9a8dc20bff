import { z } from 'zod'
import { type AnyAgent, type Drift, planPart } from '@/lib/agent'
import type { Tx } from '@/lib/db'
import { foundOf, parseStoredFacts, type StoredFacts } from '@/lib/inventory/stored-facts'
import { listAgents } from './agents'
import { maskText } from './mask'
import { wishIn } from './plan-record'
import { type StandingChange, standingChanges } from './standing-changes'

/** A difference as a person saw it and took it as right. */
export const AdoptedItem = z.object({ what: z.string(), seen: z.string() })
export type AdoptedItem = z.infer<typeof AdoptedItem>

/** What differs on a host from what the last change of an agent, about one thing, left there. */
export interface FoundDrift {
  host: { id: string; name: string }
  agent: AnyAgent
  change: StandingChange
  /** All that differs by what was read last. */
  items: readonly Drift[]
  /** What of it nobody took as right. */
  open: readonly Drift[]
}

/** The drift of one host, or of all, where an agent could read it. A constant number of queries, whatever the number of hosts. */
export async function findDrift(tx: Tx, hostId?: string): Promise<FoundDrift[]> {
  const standing = await standingChanges(tx, hostId === undefined ? undefined : [hostId])
  const changeIds = standing.map(({ changeId }) => changeId)
  const hosts = await tx.host.findMany({
    where: { id: { in: standing.map((change) => change.hostId) } },
    select: { id: true, name: true, latestFacts: true, adoptions: { where: { changeId: { in: changeIds } } } },
    orderBy: { name: 'asc' },
  })
  return hosts.flatMap(({ latestFacts, adoptions, ...host }) => {
    const facts = parseStoredFacts(latestFacts)
    return standing.flatMap((change): FoundDrift[] => {
      const agent = listAgents().find((each) => each.id === change.agentId)
      if (change.hostId !== host.id || !agent) return []
      const items = driftOf(host, facts, agent, change)
      const adoption = adoptions.find((each) => each.agentId === agent.id && each.changeId === change.changeId)
      const adopted = new Set(adoption ? parseAdopted(adoption.items).map(itemKey) : [])
      return [{ host, agent, change, items, open: items.filter((item) => !adopted.has(itemKey(item))) }]
    })
  })
}

/** Tells two differences apart. */
export function itemKey({ what, seen }: AdoptedItem): string {
  return JSON.stringify([what, seen])
}

/** What the store keeps of an adoption. */
export function printAdopted(items: readonly AdoptedItem[]): string {
  return JSON.stringify(items.map(({ what, seen }) => ({ what, seen })))
}

function parseAdopted(text: string): AdoptedItem[] {
  return z.array(AdoptedItem).parse(JSON.parse(text))
}

/** What was not read is no drift, nor what was read before the change had ended. */
function driftOf(
  host: { id: string; name: string },
  facts: StoredFacts | null,
  agent: AnyAgent,
  { record, endedAt }: StandingChange,
): Drift[] {
  const found = foundOf<unknown>(facts, agent.probe.id)
  if (found.state !== 'read' || (facts?.results[agent.probe.id]?.at ?? 0) < (endedAt?.getTime() ?? 0)) return []
  const { plan } = record
  const applied = planPart(plan, agent.id)
  if (!applied) return []
  const mask = (text: string) => maskText(text, plan.secrets ?? [])
  return agent
    .drift({ hostId: host.id, name: host.name, facts: found.value }, wishIn(record, agent.id)?.desired, applied)
    .map(({ what, expected, seen }) => ({ what: mask(what), expected: mask(expected), seen: mask(seen) }))
}
