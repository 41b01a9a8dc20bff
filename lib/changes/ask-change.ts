import { z } from 'zod'
import { type Check, isEmptyPlan, type Plan } from '@/lib/agent'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { authorizeOrigin } from './change-scope'
import { makePlan } from './make-plan'
import { maskPlan } from './mask'
import { expectedText } from './on-host/check-script'
import { type Origin, type PlanRecord, sealPlan } from './plan-record'

const wish = z.object({ agentId: z.string(), desired: z.unknown() })

export const PlanChangeInput = wish.extend({
  /** What other agents shall do first, in the same change. */
  first: z.array(wish).max(4).optional(),
  hostIds: z.array(z.string()).min(1, 'Choose at least one host.').max(250, 'At most 250 hosts in one change.'),
})

/** A plan that found work, or the sentence that says why there is none. */
export type Planned = { changeId: number } | { nothingToDo: string }

/**
 * Plans what a wizard's form asks for, on facts read now, and keeps it as a change in state `planned`.
 * Nothing on a host is touched. Throws what the agent refuses, and `unreachable`.
 */
export async function planChange(ctx: Ctx, input: z.input<typeof PlanChangeInput>): Promise<Planned> {
  authorize(ctx, 'plan a change')
  const { first, ...origin } = parseInput(PlanChangeInput, input)
  return keepPlan(ctx, { kind: 'wizard', ...origin, ...(first?.length ? { first } : {}) }, null)
}

/** Makes a plan and keeps it, unless it is empty. `look` may throw before it is kept; `detail` goes into the audit row. */
export async function keepPlan(
  ctx: Ctx,
  origin: Origin,
  revertsId: number | null,
  { look, detail }: { look?: (plan: Plan) => Promise<void>; detail?: Record<string, unknown> } = {},
): Promise<Planned> {
  // Every way to a plan ends here, and from here on hosts are read.
  await authorizeOrigin(ctx, origin)
  const record = await makePlan(origin)
  const plan = maskPlan(record.plan)
  if (isEmptyPlan(plan)) return { nothingToDo: plan.nothingToDo ?? 'The hosts are as asked already.' }
  await look?.(plan)
  return work(async (tx) => {
    const change = await tx.change.create({ data: { ...changeData(ctx, record), revertsId } })
    await keepParts(tx, change.id, record)
    await writeAudit(tx, ctx, {
      verb: 'plan change',
      object: 'change',
      objectId: String(change.id),
      label: `#${change.id} ${plan.title}`,
      detail: { digest: record.digest, hosts: record.hosts.map((host) => host.name), ...detail },
    })
    return { changeId: change.id }
  })
}

function changeData(ctx: Ctx, record: PlanRecord) {
  return {
    agentId: record.plan.agent.id,
    firstAgentIds: (record.plan.first ?? []).map((agent) => agent.id).join(' '),
    agentVersion: record.plan.agent.version,
    title: maskPlan(record.plan).title,
    summary: maskPlan(record.plan).summary,
    state: 'planned',
    digest: record.digest,
    sealedPlan: sealPlan(record),
    askedBy: ctx.actor.name,
    askedById: ctx.actor.kind === 'user' ? ctx.actor.id : 'pollux',
  }
}

/** Writes the rows of a change's hosts and proofs anew, as its plan has them. */
export async function keepParts(tx: Tx, changeId: number, record: PlanRecord): Promise<void> {
  const nameOf = new Map(record.hosts.map((host) => [host.id, host.name]))
  const withSteps = hostsWithSteps(record.plan)
  await tx.changeHost.deleteMany({ where: { changeId } })
  await tx.proofRow.deleteMany({ where: { changeId } })
  await tx.changeHost.createMany({
    data: withSteps.map((id) => ({ changeId, hostId: id, hostKeptId: id, hostName: nameOf.get(id) ?? id })),
  })
  const proofOf = (check: Check) => ({
    changeId,
    hostId: check.hostId,
    hostName: nameOf.get(check.hostId) ?? check.hostId,
    checkId: check.id,
    title: check.title,
    weight: check.weight,
    expected: expectedText(check),
  })
  await tx.proofRow.createMany({
    data: maskPlan(record.plan)
      .checks.filter((check) => withSteps.includes(check.hostId))
      .map(proofOf),
  })
}

function hostsWithSteps(plan: Plan): string[] {
  const ids = plan.phases.flatMap((phase) => phase.hosts.filter((host) => host.steps.length > 0))
  return [...new Set(ids.map((host) => host.hostId))]
}
