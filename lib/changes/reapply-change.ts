import { z } from 'zod'
import { appliedFiles, type Plan, planPart } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { nameList } from '@/lib/inventory/name-list'
import { keepPlan, type Planned } from './ask-change'
import { authorizeChange } from './change-scope'
import { conflict } from './conflict'
import { ChangeInput } from './decide-change'
import { openPlan, type PlanRecord, wishIn } from './plan-record'
import { type StandingChange, standingChanges } from './standing-changes'
import { wishScope } from './wish-scope'

/** `hostId` is the host on which it shall stand again. */
export const ReapplyInput = ChangeInput.extend({ hostId: z.string().min(1) })

/**
 * Plans what a change asked for once more, on facts read now and for all its hosts, as a change of its own. Throws AppError
 * `conflict` for a revert, for what happens once, where the change no longer stands on the host, where one of its hosts is gone, and where it
 * would write over what a later change of the same agent did: about the same thing, or in the same file.
 */
export async function reapplyChange(ctx: Ctx, input: z.input<typeof ReapplyInput>): Promise<Planned> {
  authorize(ctx, 'plan a change')
  const { changeId, hostId } = parseInput(ReapplyInput, input)
  await authorizeChange(ctx, changeId)
  const record = await recordOf(changeId, hostId)
  const look = (plan: Plan) => refuseOverLater(changeId, record, plan)
  return keepPlan(ctx, record.origin, null, { look, detail: { again: changeId } })
}

/** What the change was planned from. Throws unless it stands on that host and all its hosts are still there. */
async function recordOf(changeId: number, hostId: string): Promise<PlanRecord> {
  return read(async (tx) => {
    const change = await tx.change.findUnique({ where: { id: changeId }, select: { sealedPlan: true } })
    if (!change)
      throw new AppError('not-found', `expected change ${changeId}, found none`, {
        userMessage: `There is no change #${changeId}.`,
      })
    const record = openPlan(change.sealedPlan)
    const { origin, hosts, plan } = record
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
    return record
  })
}

/** Its wish is for all its hosts: what a later change of the same agent left there is not taken back unasked. */
async function refuseOverLater(changeId: number, record: PlanRecord, plan: Plan): Promise<void> {
  const hostIds = plan.phases.flatMap((phase) => phase.hosts.map((host) => host.hostId))
  const later = await read(async (tx) => {
    const standing = await standingChanges(tx, hostIds)
    const over = standing.find((each) => each.changeId > changeId && isOver(record, plan, each))
    if (!over) return null
    const where = { id: over.hostId }
    return { ...over, host: await tx.host.findUniqueOrThrow({ where, select: { name: true } }) }
  })
  if (later)
    throw conflict(
      `Change #${later.changeId} came later on ${later.host.name}, and #${changeId} would write over it. Start the wizard for the hosts that are meant.`,
    )
}

/** Whether a plan of this record's wish works on what the later change is about, or writes a file that it wrote. */
function isOver(record: PlanRecord, plan: Plan, { hostId, agentId, scope, record: later }: StandingChange): boolean {
  const [wish, part, standing] = [wishIn(record, agentId), planPart(plan, agentId), planPart(later.plan, agentId)]
  const hosts = part?.phases.flatMap((phase) => phase.hosts) ?? []
  if (!wish || !part || !hosts.some((host) => host.hostId === hostId && host.steps.length > 0)) return false
  if (wishScope(wish) === scope) return true
  const written = standing && appliedFiles(standing, hostId)
  return [...appliedFiles(part, hostId).keys()].some((path) => written?.has(path))
}
