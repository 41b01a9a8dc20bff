import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'
import { foundOf, parseStoredFacts } from '@/lib/inventory/stored-facts'
import { listAgents } from './agents'
import { openPlan } from './plan-record'

/** Where a host no longer is as a change left it. */
export interface DriftItem {
  hostId: string
  hostName: string
  agentId: string
  agentTitle: string
  /** The change that left it so. */
  changeId: number
  what: string
  expected: string
  seen: string
}

/**
 * Drift of one host, or of all: for each agent, the last change that stands (applied, not reverted) against what was
 * read last. What was not read is no drift. Two queries, whatever the number of hosts.
 */
export async function listDrift(ctx: Ctx, hostId?: string): Promise<DriftItem[]> {
  authorize(ctx, 'read inventory')
  return read(async (tx) => {
    const standing = await standingChanges(tx, hostId)
    const hosts = await tx.host.findMany({
      where: { id: { in: standing.map((change) => change.hostId) } },
      select: { id: true, name: true, latestFacts: true },
    })
    return hosts.flatMap((host) => {
      const facts = parseStoredFacts(host.latestFacts)
      return standing.filter((change) => change.hostId === host.id).flatMap((change) => driftOf(host, facts, change))
    })
  })
}

interface Standing {
  changeId: number
  hostId: string
  agentId: string
  sealedPlan: Uint8Array
}

/** The newest change per host and agent, unless a revert is newer. */
async function standingChanges(tx: Tx, hostId: string | undefined): Promise<Standing[]> {
  const changes = await tx.change.findMany({
    where: {
      outcome: { in: ['applied', 'applied-unverified'] },
      hosts: hostId ? { some: { hostId } } : { some: { hostId: { not: null } } },
    },
    orderBy: { id: 'desc' },
    take: 500,
    select: { id: true, agentId: true, revertsId: true, sealedPlan: true, hosts: { select: { hostId: true } } },
  })
  const seen = new Set<string>()
  return changes.flatMap((change) =>
    change.hosts.flatMap((part): Standing[] => {
      const key = `${part.hostId} ${change.agentId}`
      if (part.hostId === null || (hostId && part.hostId !== hostId) || seen.has(key)) return []
      seen.add(key)
      if (change.revertsId !== null) return []
      return [{ changeId: change.id, hostId: part.hostId, agentId: change.agentId, sealedPlan: change.sealedPlan }]
    }),
  )
}

function driftOf(
  host: { id: string; name: string },
  facts: ReturnType<typeof parseStoredFacts>,
  change: Standing,
): DriftItem[] {
  const agent = listAgents().find((each) => each.id === change.agentId)
  if (!agent) return []
  const found = foundOf<unknown>(facts, agent.probe.id)
  if (found.state !== 'read') return []
  const { desired } = openPlan(change.sealedPlan)
  return agent.drift({ hostId: host.id, name: host.name, facts: found.value }, desired).map((drift) => ({
    hostId: host.id,
    hostName: host.name,
    agentId: agent.id,
    agentTitle: agent.title,
    changeId: change.changeId,
    ...drift,
  }))
}
