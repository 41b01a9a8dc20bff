import type { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { keepPlan, type Planned } from './ask-change'
import { authorizeChange } from './change-scope'
import { ChangeInput } from './decide-change'
import { openPlan, type PlanRecord } from './plan-record'

/**
 * Plans the way back of an applied change as a change of its own (rule 14).
 * Throws `conflict` where a later change rests on it, or where somebody edited what it left.
 */
export async function revertChange(ctx: Ctx, input: z.input<typeof ChangeInput>): Promise<Planned> {
  authorize(ctx, 'revert a change')
  const { changeId } = parseInput(ChangeInput, input)
  await authorizeChange(ctx, changeId)
  await work((tx) => refuseRevert(tx, changeId))
  return keepPlan(ctx, { kind: 'revert', changeId }, changeId)
}

/** A split one is taken back where it stands. */
const revertible = ['applied', 'applied-unverified', 'split'] as const

/** Throws AppError `conflict` with the reason why the change cannot be reverted now. */
export async function refuseRevert(tx: Tx, changeId: number): Promise<void> {
  const change = await tx.change.findUnique({ where: { id: changeId }, include: { hosts: true } })
  if (!change) throw new AppError('not-found', `expected change ${changeId}, found none`)
  if (!revertible.some((outcome) => outcome === change.outcome))
    throw conflict(`Change #${changeId} was not applied, so there is nothing to revert.`)
  const gone = change.hosts.filter((host) => host.hostId === null)
  if (gone.length > 0) throw conflict(`${gone.map((host) => host.hostName).join(', ')} left the inventory.`)
  const record = openPlan(change.sealedPlan)
  const touched = touchedBy(record)
  const later = await tx.change.findMany({
    where: {
      id: { gt: changeId },
      outcome: { in: ['applied', 'applied-unverified', 'foreign-edit-kept', 'split', 'undo-failed'] },
      hosts: { some: { hostId: { in: change.hosts.map((host) => host.hostKeptId) } } },
    },
    orderBy: { id: 'desc' },
    select: { id: true, title: true, sealedPlan: true, revertsId: true },
  })
  const undone = new Set(later.map((each) => each.revertsId))
  if (undone.has(changeId)) throw conflict(`Change #${changeId} was reverted already.`)
  for (const each of later) {
    if (undone.has(each.id) || each.revertsId !== null) continue
    const after = openPlan(each.sealedPlan)
    const address = addressItRestsOn(after, record)
    if (address)
      throw conflict(
        `Change #${each.id} (${each.title}) rests on ${address}, which this one put on. Revert #${each.id} first.`,
      )
    const shared = [...touchedBy(after)].find((what) => touched.has(what))
    if (shared)
      throw conflict(
        `Change #${each.id} (${each.title}) rests on this one: both write ${shared.split(' ').at(-1)}. Revert #${each.id} first.`,
      )
  }
}

/** What a plan writes, as `host path`. */
function touchedBy(record: PlanRecord): Set<string> {
  const steps = record.plan.phases.flatMap((phase) =>
    phase.hosts.flatMap(({ hostId, steps }) => steps.map((step) => ({ hostId, step }))),
  )
  return new Set(
    steps.flatMap(({ hostId, step }) => {
      if (step.kind === 'file' || step.kind === 'knob') return [`${hostId} ${step.path}`]
      if (step.kind === 'address') return [`${hostId} ${step.address}`]
      if (step.kind === 'install') return step.packages.map((name) => `${hostId} package ${name}`)
      return 'knob' in step.undo ? [`${hostId} ${step.undo.knob}`] : []
    }),
  )
}

/** An address that one change put on and a later one found there and was planned on, by its basis; undefined when there is none. */
function addressItRestsOn(later: PlanRecord, before: PlanRecord): string | undefined {
  const putOn = before.plan.phases.flatMap((phase) =>
    phase.hosts.flatMap(({ hostId, steps }) =>
      steps.flatMap((step) =>
        step.kind === 'address' && step.present ? [{ hostId, address: step.address.replace(/\/.*/, '') }] : [],
      ),
    ),
  )
  return putOn.find(({ hostId, address }) =>
    later.plan.basis.some(
      (item) => item.hostId === hostId && item.name === `address ${address}` && item.value.startsWith('on '),
    ),
  )?.address
}

function conflict(sentence: string): AppError {
  return new AppError('conflict', sentence, { userMessage: sentence })
}
