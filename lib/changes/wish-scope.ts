import { listAgents } from './agents'
import type { Wish } from './plan-record'

/**
 * What of a host a wish is about, in its agent's words; '' where the agent does not tell its wishes apart, or where this
 * version no longer knows the agent or understands the wish.
 */
export function wishScope({ agentId, desired }: Wish): string {
  const agent = agentWithScopes(agentId)
  const parsed = agent?.desired.safeParse(desired)
  return parsed?.success ? (agent?.scopeOf?.(parsed.data) ?? '') : ''
}

/** Whether changes of this agent may be about several things of one host. */
export function hasScopes(agentId: string): boolean {
  return agentWithScopes(agentId) !== undefined
}

function agentWithScopes(agentId: string) {
  return listAgents().find(({ id, scopeOf }) => id === agentId && scopeOf !== undefined)
}
