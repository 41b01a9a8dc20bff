import type { AnyAgent, LookedAgain } from '@/lib/agent'
import { listAgents } from '@/lib/changes/agents'
import type { Tx } from '@/lib/db'
import { loadSamples } from './list-samples'
import { loadStandingWishes } from './standing-work'

/** What came of an agent's change on a host, once there is evidence. */
export interface Look extends LookedAgain {
  agentId: string
  hostId: string
  hostName: string
  /** Which thing of the host it is about. */
  subject: string
  changeId: number
}

/** Looks again at all that stands and has evidence. A constant number of queries, one where nothing was ever kept. */
export async function loadLooks(tx: Tx): Promise<Look[]> {
  const sampled = await tx.tuningSample.groupBy({ by: ['agentId', 'hostId'] })
  const looks: Look[] = []
  for (const agent of listAgents()) {
    const hostIds = sampled.flatMap(({ agentId, hostId }) => (agentId === agent.id ? [hostId] : []))
    if (agent.lookAgain && hostIds.length > 0) looks.push(...(await looksOf(tx, agent, agent.lookAgain, hostIds)))
  }
  return looks
}

async function looksOf(
  tx: Tx,
  agent: AnyAgent,
  { subjectOf, look }: NonNullable<AnyAgent['lookAgain']>,
  hostIds: readonly string[],
): Promise<Look[]> {
  const wishes = await loadStandingWishes(tx, agent.id, hostIds)
  const things = await loadSamples(
    tx,
    agent.id,
    wishes.map(({ hostId }) => hostId),
  )
  const hosts = await tx.host.findMany({ where: { id: { in: [...hostIds] } }, select: { id: true, name: true } })
  return wishes.flatMap(({ changeId, hostId, desired: kept, startedAt, endedAt }) => {
    // A wish that this version no longer understands is nobody's.
    const desired = agent.desired.safeParse(kept)
    const subject = desired.success ? subjectOf(desired.data) : null
    const host = hosts.find(({ id }) => id === hostId)
    if (!desired.success || subject === null || !host) return []
    const samples = things.find((thing) => thing.hostId === hostId && thing.subject === subject)?.samples ?? []
    const times = { startedAt: startedAt.getTime(), endedAt: endedAt.getTime() }
    const looked = look({ desired: desired.data, samples, ...times })
    return looked ? [{ ...looked, agentId: agent.id, hostId, hostName: host.name, subject, changeId }] : []
  })
}
