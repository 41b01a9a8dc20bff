import type { Probe } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { outOfScope } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { getAgent } from './agents'
import { readProbe } from './read-probe'

/** What an agent found on a host, read now; or the sentence why not. */
export interface AgentReading {
  hostId: string
  name: string
  facts: unknown
  problem: string | null
}

/** Asks the agent's probe on several hosts at once; a host that does not answer costs its own part only. */
export async function readAgentFacts(ctx: Ctx, agentId: string, hostIds: readonly string[]): Promise<AgentReading[]> {
  authorize(ctx, 'read facts anew')
  const { probe } = getAgent(agentId)
  const hosts = await read((tx) =>
    tx.host.findMany({
      where: { id: { in: [...hostIds] } },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    }),
  )
  const refused = await outOfScope(ctx, hostIds)
  return Promise.all(
    hosts.map(async ({ id, name }) => {
      const problem = refused.get(id)
      if (problem !== undefined) return { hostId: id, name, facts: null, problem }
      try {
        return { hostId: id, name, facts: await readProbe(id, probe), problem: null }
      } catch (error) {
        if (!isAppError(error)) throw error
        return { hostId: id, name, facts: null, problem: error.userMessage ?? error.message }
      }
    }),
  )
}

/** Asks one host one more of an agent's probes, read now: what it found, or the sentence why not. */
export async function askProbe<T>(
  ctx: Ctx,
  hostId: string,
  probe: Probe<string, T>,
): Promise<{ found: T; problem: null } | { found: null; problem: string }> {
  authorize(ctx, 'read facts anew')
  const refused = (await outOfScope(ctx, [hostId])).get(hostId)
  if (refused !== undefined) return { found: null, problem: refused }
  try {
    return { found: await readProbe(hostId, probe), problem: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { found: null, problem: error.userMessage ?? error.message }
  }
}
