import type { Plan } from './plan'

/**
 * What one agent planned in a composed plan: its phases, steps and checks, under the ids that the agent gave them. What
 * a composed plan does not tell apart (basis, findings, guard, secrets) stays that of the whole. A plan of one agent is
 * its part as it stands; null for an agent that has none. Pure.
 */
export function planPart(plan: Plan, agentId: string): Plan | null {
  const agent = [plan.agent, ...(plan.first ?? [])].find((each) => each.id === agentId)
  if (!agent) return null
  if (!plan.first?.length) return plan
  const { first: _, ...rest } = plan
  const prefix = `${agentId}.`
  const own = <T extends { id: string }>(parts: readonly T[]): T[] =>
    parts.flatMap((part) => (part.id.startsWith(prefix) ? [{ ...part, id: part.id.slice(prefix.length) }] : []))
  const phases = own(plan.phases).map((phase) => ({
    ...phase,
    hosts: phase.hosts.map((host) => ({ ...host, steps: own(host.steps) })),
  }))
  return { ...rest, agent, phases, checks: own(plan.checks) }
}
