import type { Plan } from '@/lib/agent'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { getAgent } from './agents'
import { planDigest } from './digest'
import { invertPlan } from './invert-plan'
import { isNew, parseHostOutcome } from './outcome'
import { type Origin, openPlan, type PlanRecord, type RecordedHost } from './plan-record'
import { readProbe } from './read-probe'
import { readStanding } from './standing'

/** Plans on facts read now. Pure but for the reading: the same hosts and wish give the same digest. */
export async function makePlan(origin: Origin): Promise<PlanRecord> {
  const made = origin.kind === 'wizard' ? await planWish(origin) : await planRevert(origin.changeId)
  const hostIds = [...new Set(made.plan.phases.flatMap((phase) => phase.hosts.map((host) => host.hostId)))]
  const hosts = await hostsOf(made.hostIds ?? hostIds)
  const hostKeys = Object.fromEntries(hosts.map((host) => [host.id, host.fingerprints]))
  const { plan, desired } = made
  return {
    origin,
    plan,
    desired,
    hostKeys,
    hosts: hosts.map(({ id, name }) => ({ id, name })),
    digest: planDigest({ plan, desired, hostKeys }),
  }
}

interface Made {
  plan: Plan
  desired: unknown
  hostIds?: readonly string[]
}

async function planWish(origin: Extract<Origin, { kind: 'wizard' }>): Promise<Made> {
  const agent = getAgent(origin.agentId)
  const parsed = agent.desired.safeParse(origin.desired)
  if (!parsed.success)
    throw new AppError('invalid', `expected the ${agent.id} agent's desired, got ${parsed.error.message}`, {
      userMessage: parsed.error.issues[0]?.message ?? 'The settings are not complete.',
    })
  const hosts = await hostsOf(origin.hostIds)
  const facts = await Promise.all(
    hosts.map(async ({ id, name }) => ({ hostId: id, name, facts: await readProbe(id, agent.probe) })),
  )
  return { plan: agent.plan(facts, parsed.data), desired: parsed.data, hostIds: origin.hostIds }
}

async function planRevert(changeId: number): Promise<Made> {
  const change = await read((tx) =>
    tx.change.findUnique({ where: { id: changeId }, select: { sealedPlan: true, hosts: true } }),
  )
  if (!change) throw new AppError('not-found', `expected change ${changeId}, found none`)
  const record = openPlan(change.sealedPlan)
  const standing = new Set(change.hosts.flatMap((host) => (isNewText(host.outcome) ? [host.hostKeptId] : [])))
  const applied = onlyHosts(record.plan, standing)
  const plan = invertPlan(changeId, applied, await readStanding(applied))
  return { plan, desired: { revert: changeId }, hostIds: record.hosts.map((host) => host.id) }
}

/** The part of a plan that these hosts did. */
function onlyHosts(plan: Plan, hostIds: ReadonlySet<string>): Plan {
  const phases = plan.phases.map((phase) => ({
    ...phase,
    hosts: phase.hosts.filter((host) => hostIds.has(host.hostId)),
  }))
  return { ...plan, phases, checks: plan.checks.filter((check) => hostIds.has(check.hostId)) }
}

function isNewText(outcome: string | null): boolean {
  const known = outcome === null ? null : parseHostOutcome(outcome)
  return known !== null && isNew(known)
}

async function hostsOf(ids: readonly string[]): Promise<(RecordedHost & { fingerprints: string[] })[]> {
  const hosts = await read((tx) =>
    tx.host.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, name: true, keys: { where: { state: 'pinned' }, select: { fingerprint: true } } },
      orderBy: { name: 'asc' },
    }),
  )
  if (hosts.length !== new Set(ids).size)
    throw new AppError('not-found', `expected ${ids.length} hosts, found ${hosts.length}`, {
      userMessage: 'One of these hosts is no longer in the inventory.',
    })
  return hosts.map(({ id, name, keys }) => ({ id, name, fingerprints: keys.map((key) => key.fingerprint).toSorted() }))
}
