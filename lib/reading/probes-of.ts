import { read } from '@/lib/db'
import { type AnyProbe, cheapProbes, deepProbes } from '@/lib/facts'
import { parseStoredFacts } from '@/lib/inventory/stored-facts'
import { agentProbes } from './agent-probes'

/** cheap: often, by schedule; deep: all there is, on demand and once a night. */
export const tiers = ['cheap', 'deep'] as const
export type Tier = (typeof tiers)[number]

/** What costs a host more is asked once an hour, however often the cheap tier is; a minute less, so that no hour is missed. */
const COSTLY_MS = 59 * 60_000

/** The questions of a tier to one host, in the order they are asked: the host's own, the agents', and what takes longest last. */
export async function probesOf(hostId: string, tier: Tier, now = Date.now()): Promise<readonly AnyProbe[]> {
  return [...cheapProbes, ...(await agentProbesOf(hostId, tier, now)), ...(tier === 'deep' ? deepProbes : [])]
}

/** All but those that are asked only where a change of their agent was applied, and was not here, or just now. */
async function agentProbesOf(hostId: string, tier: Tier, now: number): Promise<readonly AnyProbe[]> {
  const probes = agentProbes()
  const costly = probes.filter(({ onlyWhereChanged }) => onlyWhereChanged)
  if (costly.length === 0) return probes
  const changed = await changedBy(hostId)
  const wanted = costly.filter(({ id }) => changed.has(id))
  const askedAt = wanted.length > 0 && tier === 'cheap' ? await lastAsked(hostId) : () => 0
  const isDue = (probe: AnyProbe) => wanted.includes(probe) && now - askedAt(probe.id) >= COSTLY_MS
  return probes.filter((probe) => !probe.onlyWhereChanged || isDue(probe))
}

/** The agents of which a change was applied on the host. */
async function changedBy(hostId: string): Promise<ReadonlySet<string>> {
  const changes = await read((tx) =>
    tx.change.findMany({
      where: { outcome: { in: ['applied', 'applied-unverified'] }, hosts: { some: { hostId } } },
      select: { agentId: true, firstAgentIds: true },
      distinct: ['agentId', 'firstAgentIds'],
    }),
  )
  return new Set(changes.flatMap(({ agentId, firstAgentIds }) => [agentId, ...firstAgentIds.split(' ')]))
}

/** When each probe was answered last, in milliseconds since 1970; 0 where it never was. */
async function lastAsked(hostId: string): Promise<(probeId: string) => number> {
  const host = await read((tx) => tx.host.findUnique({ where: { id: hostId }, select: { latestFacts: true } }))
  const facts = parseStoredFacts(host?.latestFacts ?? null)
  return (probeId) => facts?.results[probeId]?.at ?? 0
}
