import type { Tx } from '@/lib/db'
import { openPlan, type PlanRecord, wishIn } from './plan-record'
import { hasScopes, wishScope } from './wish-scope'

/** The last change of an agent about one thing that stands on a host. */
export interface StandingChange {
  changeId: number
  hostId: string
  /** Whose work on the host: the change's own agent, or one that came before it in a composed change. */
  agentId: string
  /** What of the host it is about, in the agent's words; '' where the agent does not tell its wishes apart. */
  scope: string
  /** Null where its end was not kept. */
  endedAt: Date | null
  /** The change's own agent, in whose wizard its plan is shown. */
  wizardId: string
  record: PlanRecord
}

const applied = { in: ['applied', 'applied-unverified'] }

/**
 * The newest applied change per host, agent and scope of these hosts, or of all; none where that one was taken back, or takes
 * back: that is about what it took back. What happened once, and shows in no facts, hides nothing that stands.
 */
export async function standingChanges(tx: Tx, hostIds?: readonly string[]): Promise<StandingChange[]> {
  const isMeant = (hostId: string) => hostIds?.includes(hostId) ?? true
  const changes = await loadApplied(tx, hostIds)
  const { recordOf, scopeOf } = opening(changes)
  const seen = new Set<string>()
  return changes.flatMap((change) => {
    const { id: changeId, agentId: wizardId, endedAt, revertsId, revertedBy, hosts } = change
    const own = hosts.flatMap(({ hostId }) => (hostId !== null && isMeant(hostId) ? [hostId] : []))
    if (own.length === 0) return []
    const scoped = agentsOf(change).flatMap((agentId) => {
      const scope = scopeOf(change, agentId)
      return scope === null ? [] : own.map((hostId) => ({ hostId, agentId, scope }))
    })
    const fresh = scoped.filter((part) => !seen.has(keyOf(part)))
    if (fresh.length === 0 || recordOf(change).plan.once) return []
    for (const part of fresh) seen.add(keyOf(part))
    if (revertsId !== null || revertedBy.length > 0) return []
    return fresh.map((part) => ({ changeId, wizardId, endedAt, record: recordOf(change), ...part }))
  })
}

/** A change as far as its wish is looked for. */
interface Sealed {
  id: number
  revertsId: number | null
  sealedPlan: Uint8Array<ArrayBuffer>
}

function loadApplied(tx: Tx, hostIds?: readonly string[]) {
  return tx.change.findMany({
    where: { outcome: applied, hosts: { some: { hostId: hostIds ? { in: [...hostIds] } : { not: null } } } },
    orderBy: { id: 'desc' },
    take: 500,
    select: {
      id: true,
      agentId: true,
      firstAgentIds: true,
      endedAt: true,
      revertsId: true,
      sealedPlan: true,
      hosts: { select: { hostId: true } },
      // A split one is taken back too, and one that is older than those that are read.
      reverts: { select: { id: true, revertsId: true, sealedPlan: true } },
      revertedBy: { where: { outcome: applied }, select: { id: true } },
    },
  })
}

function agentsOf({ agentId, firstAgentIds }: { agentId: string; firstAgentIds: string }): string[] {
  return [agentId, ...firstAgentIds.split(' ').filter((each) => each !== '')]
}

/** Opens each plan at most once, and none for the scope of an agent that has no scopes. */
function opening(changes: readonly (Sealed & { reverts: Sealed | null })[]) {
  const byId = new Map(
    changes.flatMap(({ reverts, ...change }) => [change, ...(reverts ? [reverts] : [])]).map((each) => [each.id, each]),
  )
  const opened = new Map<number, PlanRecord>()
  const recordOf = ({ id, sealedPlan }: Sealed): PlanRecord => {
    const record = opened.get(id) ?? openPlan(sealedPlan)
    opened.set(id, record)
    return record
  }
  /** Null for what took back a change that is not known any more. */
  const scopeOf = (change: Sealed, agentId: string): string | null => {
    if (!hasScopes(agentId)) return ''
    const asked = askedBy(change)
    const wish = asked && wishIn(recordOf(asked), agentId)
    return wish ? wishScope(wish) : null
  }
  /** The change itself, or what it took back. */
  const askedBy = (change: Sealed): Sealed | null => {
    if (change.revertsId === null) return change
    const before = byId.get(change.revertsId)
    return before ? askedBy(before) : null
  }
  return { recordOf, scopeOf }
}

function keyOf({ hostId, agentId, scope }: Pick<StandingChange, 'hostId' | 'agentId' | 'scope'>): string {
  return `${hostId} ${agentId} ${scope}`
}
