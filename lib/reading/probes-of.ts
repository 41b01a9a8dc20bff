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

/**
 * All but those that are asked only where a change of their agent was applied: it was not here, or they were asked within the
 * hour and no such change ended since.
 */
async function agentProbesOf(hostId: string, tier: Tier, now: number): Promise<readonly AnyProbe[]> {
  const probes = agentProbes()
  const costly = probes.filter(({ onlyWhereChanged }) => onlyWhereChanged)
  if (costly.length === 0) return probes
  const changed = await changedBy(hostId)
  const wanted = costly.filter(({ id }) => changed.has(id))
  const askedAt = wanted.length > 0 && tier === 'cheap' ? await lastAsked(hostId) : () => 0
  const isOld = (at: number, changedAt: number) => now - at >= COSTLY_MS || at < changedAt
  const isDue = ({ id }: AnyProbe) => isOld(askedAt(id), changed.get(id) ?? Number.POSITIVE_INFINITY)
  return probes.filter((probe) => !probe.onlyWhereChanged || (wanted.includes(probe) && isDue(probe)))
}

/** The agents of which a change was applied on the host, with when the last one ended, in milliseconds since 1970. */
async function changedBy(hostId: string): Promise<ReadonlyMap<string, number>> {
  const changes = await read((tx) =>
    tx.change.groupBy({
      by: ['agentId', 'firstAgentIds'],
      where: { outcome: { in: ['applied', 'applied-unverified'] }, hosts: { some: { hostId } } },
      _max: { endedAt: true },
    }),
  )
  const ended = new Map<string, number>()
  for (const { agentId, firstAgentIds, _max } of changes)
    for (const id of [agentId, ...firstAgentIds.split(' ')])
      ended.set(id, Math.max(ended.get(id) ?? 0, _max.endedAt?.getTime() ?? 0))
  return ended
}

/** When each probe was answered last, in milliseconds since 1970; 0 where it never was. */
async function lastAsked(hostId: string): Promise<(probeId: string) => number> {
  const host = await read((tx) => tx.host.findUnique({ where: { id: hostId }, select: { latestFacts: true } }))
  const facts = parseStoredFacts(host?.latestFacts ?? null)
  return (probeId) => facts?.results[probeId]?.at ?? 0
}
