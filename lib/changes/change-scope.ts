import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts, isBound, outOfScope } from '@/lib/auth/host-scope'
import { read, type Tx } from '@/lib/db'
import { type Origin, openPlan, type PlanRecord } from './plan-record'

/**
 * Throws AppError `forbidden` unless the actor may touch every host that the change names: those it works on, and those
 * it was planned for. A change that is not there is for the verb to refuse.
 */
export async function authorizeChange(ctx: Ctx, changeId: number): Promise<void> {
  if (isBound(ctx.actor)) await authorizeHosts(ctx, await read((tx) => hostsNamed(tx, changeId)))
}

/** The same for what a plan is made from, before any of its hosts is read. */
export async function authorizeOrigin(ctx: Ctx, origin: Origin): Promise<void> {
  if (origin.kind === 'wizard') await authorizeHosts(ctx, origin.hostIds)
  else await authorizeChange(ctx, origin.changeId)
}

/** Why the actor may not decide over a change of these hosts; null when he may. */
export async function changeScopeRefusal(tx: Tx, ctx: Ctx, hostIds: readonly string[]): Promise<string | null> {
  return (await outOfScope(ctx, hostIds, tx)).values().next().value ?? null
}

async function hostsNamed(tx: Tx, changeId: number): Promise<string[]> {
  const change = await tx.change.findUnique({
    where: { id: changeId },
    select: { sealedPlan: true, hosts: { select: { hostKeptId: true } } },
  })
  if (!change) return []
  return [...new Set([...change.hosts.map((host) => host.hostKeptId), ...hostsOfRecord(openPlan(change.sealedPlan))])]
}

/** Every host that a plan names, the newer plan's too while it waits for an approval. */
export function hostsOfRecord({ hosts, origin, fresh }: PlanRecord): string[] {
  const asked = origin.kind === 'wizard' ? origin.hostIds : []
  return [...hosts, ...(fresh?.hosts ?? [])].map((host) => host.id).concat(asked)
}
