import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { findDrift } from './find-drift'

/** Where a host no longer is as a change left it. */
export interface DriftItem {
  hostId: string
  hostName: string
  agentId: string
  agentTitle: string
  /** The change that left it so. */
  changeId: number
  /** That change's own agent, in whose wizard it is planned again. */
  wizardId: string
  what: string
  expected: string
  seen: string
}

/**
 * Drift of one host, or of all: for each agent and scope, the last change that stands (applied, not reverted) against what was
 * read last. What was not read is no drift, and neither is what a person took as right (`adoptDrift`). A constant number
 * of queries, whatever the number of hosts.
 */
export async function listDrift(ctx: Ctx, hostId?: string): Promise<DriftItem[]> {
  authorize(ctx, 'read inventory')
  const found = await read((tx) => findDrift(tx, hostId))
  return found.flatMap(({ host, agent, change, open }) =>
    open.map((drift) => ({
      hostId: host.id,
      hostName: host.name,
      agentId: agent.id,
      agentTitle: agent.title,
      changeId: change.changeId,
      wizardId: change.wizardId,
      ...drift,
    })),
  )
}
