import type { AnyAgent } from '@/lib/agent'
import { replaceSingle, single } from '@/lib/config/single'
import { AppError } from '@/lib/errors'

/** Hands the engine the agents there are. Called once, from above, because lib imports no agent. */
export function setAgents(agents: readonly AnyAgent[]): void {
  replaceSingle('agents', agents)
}

/** All agents. */
export function listAgents(): readonly AnyAgent[] {
  return single<readonly AnyAgent[]>('agents', () => [])
}

/** The agent with that id. Throws AppError `not-found`. */
export function getAgent(id: string): AnyAgent {
  const agent = listAgents().find((each) => each.id === id)
  if (agent) return agent
  throw new AppError('not-found', `expected a known agent, got '${id}'`, {
    userMessage: `This version of Pollux has no wizard called ${id}.`,
  })
}
