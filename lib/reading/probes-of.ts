import { type AnyProbe, cheapProbes, deepProbes } from '@/lib/facts'
import { agentProbes } from './agent-probes'

/** cheap: often, by schedule; deep: all there is, on demand and once a night. */
export const tiers = ['cheap', 'deep'] as const
export type Tier = (typeof tiers)[number]

/** The questions of a tier, in the order they are asked: the host's own, the agents', and what takes longest last. */
export function probesOf(tier: Tier): readonly AnyProbe[] {
  return [...cheapProbes, ...agentProbes(), ...(tier === 'deep' ? deepProbes : [])]
}
