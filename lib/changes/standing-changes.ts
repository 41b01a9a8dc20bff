import type { Tx } from '@/lib/db'
import { openPlan } from './plan-record'

/** The last change of an agent that stands on a host. */
export interface StandingChange {
  changeId: number
  hostId: string
  /** Whose work on the host: the change's own agent, or one that came before it in a composed change. */
  agentId: string
  /** The change's own agent, in whose wizard its plan is shown. */
  wizardId: string
  sealedPlan: Uint8Array<ArrayBuffer>
}

const applied = { in: ['applied', 'applied-unverified'] }

/**
 * The newest applied change per host and agent of these hosts, or of all; none where that one was taken back, or takes back.
 * What happened once, and shows in no facts, hides nothing that stands.
 */
export async function standingChanges(tx: Tx, hostIds?: readonly string[]): Promise<StandingChange[]> {
  const isMeant = (hostId: string) => hostIds?.includes(hostId) ?? true
  const changes = await tx.change.findMany({
    where: { outcome: applied, hosts: { some: { hostId: hostIds ? { in: [...hostIds] } : { not: null } } } },
    orderBy: { id: 'desc' },
    take: 500,
    select: {
      id: true,
      agentId: true,
      firstAgentIds: true,
      revertsId: true,
      sealedPlan: true,
      hosts: { select: { hostId: true } },
      revertedBy: { where: { outcome: applied }, select: { id: true } },
    },
  })
  const seen = new Set<string>()
  return changes.flatMap(({ id, agentId: wizardId, firstAgentIds, sealedPlan, revertsId, revertedBy, hosts }) => {
    const agentIds = [wizardId, ...firstAgentIds.split(' ').filter((each) => each !== '')]
    const parts = hosts.flatMap(({ hostId }) =>
      hostId !== null && isMeant(hostId) ? agentIds.map((agentId) => ({ hostId, agentId })) : [],
    )
    const fresh = parts.filter(({ hostId, agentId }) => !seen.has(`${hostId} ${agentId}`))
    if (fresh.length === 0 || openPlan(sealedPlan).plan.once) return []
    for (const { hostId, agentId } of fresh) seen.add(`${hostId} ${agentId}`)
    if (revertsId !== null || revertedBy.length > 0) return []
    return fresh.map((part) => ({ changeId: id, wizardId, sealedPlan, ...part }))
  })
}
