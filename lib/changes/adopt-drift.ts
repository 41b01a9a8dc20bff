import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { hostNotFound } from '@/lib/inventory/not-found'
import { conflict } from './conflict'
import { AdoptedItem, findDrift, itemKey, printAdopted } from './find-drift'

/** `items` is all that the page showed as different from the change, as the person saw it. */
export const AdoptDriftInput = z.object({
  hostId: z.string().min(1),
  agentId: z.string().min(1),
  changeId: z.number().int().positive(),
  items: z.array(AdoptedItem).min(1).max(1_000),
})

/**
 * Takes what a host reads in place of what a change left there as right, exactly as the person saw it: `listDrift` shows
 * that no more, and anything else still. It holds until the next change of that agent about the same thing. Nothing on the host
 * is touched. Throws AppError `conflict` where nothing differs any more, or something else than what was seen.
 */
export async function adoptDrift(ctx: Ctx, input: z.input<typeof AdoptDriftInput>): Promise<void> {
  authorize(ctx, 'apply a change')
  const { hostId, agentId, changeId, items } = parseInput(AdoptDriftInput, input)
  await authorizeHosts(ctx, [hostId])
  await work(async (tx) => {
    const host = await tx.host.findUnique({ where: { id: hostId }, select: { name: true } })
    if (!host) throw hostNotFound(hostId)
    const drift = (await findDrift(tx, hostId)).find(
      ({ agent, change }) => agent.id === agentId && change.changeId === changeId,
    )
    if (!drift) throw conflict(`Change #${changeId} is no longer what ${host.name} is held against. Look at it again.`)
    if (drift.open.length === 0)
      throw conflict(
        `Nothing is left to take: what ${host.name} reads is as #${changeId} left it, or was taken already.`,
      )
    if (!isSame(drift.open, items))
      throw conflict(`What ${host.name} reads is no longer what was on your screen, so nothing was taken. Look again.`)
    const row = { items: printAdopted(drift.items), by: ctx.actor.name, at: new Date() }
    await tx.driftAdoption.upsert({
      where: { hostId_agentId_changeId: { hostId, agentId, changeId } },
      create: { hostId, agentId, changeId, ...row },
      update: row,
    })
    await writeAudit(tx, ctx, {
      verb: 'adopt drift',
      object: 'host',
      objectId: hostId,
      label: host.name,
      detail: { changeId, agent: agentId, items },
    })
  })
}

function isSame(one: readonly AdoptedItem[], other: readonly AdoptedItem[]): boolean {
  const [ones, others] = [new Set(one.map(itemKey)), new Set(other.map(itemKey))]
  return ones.size === others.size && [...ones].every((key) => others.has(key))
}
