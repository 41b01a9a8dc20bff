import { type AnyAgent, composePlans, type Plan } from '@/lib/agent'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { keepSamples } from '@/lib/tuning/keep-samples'
import { getAgent } from './agents'
import { planDigest } from './digest'
import { invertPlan } from './invert-plan'
import { isNew, parseHostOutcome } from './outcome'
import { type Origin, openPlan, type PlanRecord, type RecordedHost, type Wish } from './plan-record'
import { readProbes } from './read-probe'
import { readStanding } from './standing'

/**
 * Plans on facts read now. Pure but for the reading, of which agents keep samples to look again by: the same hosts and wish
 * give the same digest.
 */
export async function makePlan(origin: Origin): Promise<PlanRecord> {
  const made = origin.kind === 'wizard' ? await planWish(origin) : await planRevert(origin.changeId)
  const hostIds = [...new Set(made.plan.phases.flatMap((phase) => phase.hosts.map((host) => host.hostId)))]
  const hosts = await hostsOf(made.hostIds ?? hostIds)
  const hostKeys = Object.fromEntries(hosts.map((host) => [host.id, host.fingerprints]))
  const { plan, desired, first } = made
  return {
    origin,
    plan,
    desired,
    ...(first ? { first } : {}),
    hostKeys,
    hosts: hosts.map(({ id, name }) => ({ id, name })),
    digest: planDigest({ plan, desired: first ? [...first, desired] : desired, hostKeys }),
  }
}

interface Made {
  plan: Plan
  desired: unknown
  first?: readonly Wish[]
  hostIds?: readonly string[]
}

/** Each agent's facts come in the same round trip to a host. */
async function planWish(origin: Extract<Origin, { kind: 'wizard' }>): Promise<Made> {
  const wishes = [...(origin.first ?? []), { agentId: origin.agentId, desired: origin.desired }].map(parseWish)
  const hosts = await hostsOf(origin.hostIds)
  const found = await Promise.all(
    hosts.map(({ id }) =>
      readProbes(
        id,
        wishes.map(({ agent }) => agent.probe),
      ),
    ),
  )
  // A first change is planned where no schedule reads this: how it was before is told by these alone.
  const at = new Date()
  await work((tx) =>
    keepSamples(
      tx,
      hosts.map(({ id: hostId }, host) => ({
        hostId,
        at,
        factsOf: (probeId) => factsOf(wishes, found[host], probeId),
      })),
    ),
  )
  const plan = composePlans(
    wishes.map((wish, at) => ({
      ...wish,
      hosts: hosts.map(({ id, name }, host) => ({ hostId: id, name, facts: found[host]?.[at] })),
    })),
  )
  const [main] = wishes.slice(-1)
  const first = wishes.slice(0, -1).map(({ agent, desired }) => ({ agentId: agent.id, desired }))
  return { plan, desired: main?.desired, ...(first.length > 0 ? { first } : {}), hostIds: origin.hostIds }
}

function factsOf(
  wishes: readonly { agent: AnyAgent }[],
  found: readonly unknown[] | undefined,
  probeId: string,
): unknown {
  return found?.[wishes.findIndex(({ agent }) => agent.probe.id === probeId)]
}

function parseWish({ agentId, desired }: Wish): { agent: AnyAgent; desired: unknown } {
  const agent = getAgent(agentId)
  const parsed = agent.desired.safeParse(desired)
  if (parsed.success) return { agent, desired: parsed.data }
  throw new AppError('invalid', `expected the ${agent.id} agent's desired, got ${parsed.error.message}`, {
    userMessage: parsed.error.issues[0]?.message ?? 'The settings are not complete.',
  })
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
