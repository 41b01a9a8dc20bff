import { z } from 'zod'
import { type Plan, planPart } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { nameList } from '@/lib/inventory/name-list'
import { keepPlan, type Planned } from './ask-change'
import { conflict } from './conflict'
import { ChangeInput } from './decide-change'
import { type Origin, openPlan } from './plan-record'
import { standingChanges } from './standing-changes'

/** `hostId` is the host on which it shall stand again. */
export const ReapplyInput = ChangeInput.extend({ hostId: z.string().min(1) })

/**
 * Plans what a change asked for once more, on facts read now and for all its hosts, as a change of its own. Throws AppError
 * `conflict` for a revert, for what happens once, where the change no longer stands on the host, where one of its hosts is gone, and where it
 * would write over what a later change of the same agent did on another of them.
 */
export async function reapplyChange(ctx: Ctx, input: z.input<typeof ReapplyInput>): Promise<Planned> {
  authorize(ctx, 'plan a change')
  const { changeId, hostId } = parseInput(ReapplyInput, input)
  const origin = await originOf(changeId, hostId)
  return keepPlan(ctx, origin, null, { look: (plan) => refuseOverLater(changeId, plan), detail: { again: changeId } })
}

/** What the change was planned from. Throws unless it stands on that host and all its hosts are still there. */
async function originOf(changeId: number, hostId: string): Promise<Origin> {
  return read(async (tx) => {
    const change = await tx.change.findUnique({ where: { id: changeId }, select: { sealedPlan: true } })
    if (!change)
      throw new AppError('not-found', `expected change ${changeId}, found none`, {
        userMessage: `There is no change #${changeId}.`,
      })
    const { origin, hosts, plan } = openPlan(change.sealedPlan)
    if (plan.once)
      throw conflict(`What change #${changeId} asked for happens once. Ask for it anew where you did before.`)
    if (origin.kind === 'revert')
      throw conflict(`Change #${changeId} took #${origin.changeId} back. What is wanted now is asked for in a wizard.`)
    const there = await tx.host.findMany({ where: { id: { in: [...origin.hostIds] } }, select: { id: true } })
    const isGone = (id: string) => !there.some((host) => host.id === id)
    const gone = hosts.filter(({ id }) => isGone(id)).map(({ name }) => name)
    if (gone.length > 0)
      throw conflict(
        `${nameList(gone)} left the inventory, and #${changeId} was planned for all its hosts together. Start the wizard for those that are left.`,
      )
    const standing = await standingChanges(tx, [hostId])
    if (!standing.some((each) => each.changeId === changeId))
      throw conflict(`Change #${changeId} is not the last one that stands there, so it is not applied again.`)
    return origin
  })
}

/** Its wish is for all its hosts: what a later change of the same agent left on another of them is not taken back unasked. */
async function refuseOverLater(changeId: number, plan: Plan): Promise<void> {
  const isWorkOn = (hostId: string, agentId: string) =>
    planPart(plan, agentId)?.phases.some((phase) =>
      phase.hosts.some((host) => host.hostId === hostId && host.steps.length > 0),
    )
  const hostIds = plan.phases.flatMap((phase) => phase.hosts.map((host) => host.hostId))
  const later = await read(async (tx) => {
    const standing = await standingChanges(tx, hostIds)
    const over = standing.find((each) => each.changeId > changeId && isWorkOn(each.hostId, each.agentId))
    if (!over) return null
    const where = { id: over.hostId }
    return { ...over, host: await tx.host.findUniqueOrThrow({ where, select: { name: true } }) }
  })
  if (later)
    throw conflict(
      `Change #${later.changeId} came later on ${later.host.name}, and #${changeId} would write over it. Start the wizard for the hosts that are meant.`,
    )
}
