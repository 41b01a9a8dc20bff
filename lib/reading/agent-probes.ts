import { findSingle, replaceSingle } from '@/lib/config/single'
import type { AnyProbe } from '@/lib/facts'

const name = 'agent-probes'

/** Says which questions of agents are asked with the host's own; called once, where the process begins. */
export function setAgentProbes(probes: readonly AnyProbe[]): void {
  replaceSingle(name, probes)
}

/** The agents' questions; none before they were set. */
export function agentProbes(): readonly AnyProbe[] {
  return findSingle<readonly AnyProbe[]>(name) ?? []
}
