import type { KeptSample } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'

/** Samples of one thing of a host, in the order of time. */
export interface ThingSamples {
  hostId: string
  subject: string
  samples: KeptSample[]
}

/** What was kept of these hosts for an agent's looks again, thing by thing. One query. */
export async function listSamples(ctx: Ctx, agentId: string, hostIds: readonly string[]): Promise<ThingSamples[]> {
  authorize(ctx, 'read inventory')
  return read((tx) => loadSamples(tx, agentId, hostIds))
}

/** The same inside the caller's transaction. */
export async function loadSamples(tx: Tx, agentId: string, hostIds: readonly string[]): Promise<ThingSamples[]> {
  const rows = await tx.tuningSample.findMany({
    where: { agentId, hostId: { in: [...hostIds] } },
    select: { hostId: true, subject: true, at: true, data: true },
    orderBy: { at: 'asc' },
  })
  const things = new Map<string, ThingSamples>()
  for (const { hostId, subject, at, data } of rows) {
    const thing = things.get(`${hostId} ${subject}`) ?? { hostId, subject, samples: [] }
    things.set(`${hostId} ${subject}`, thing)
    thing.samples.push({ at: at.getTime(), data: parsed(data) })
  }
  return [...things.values()]
}

/** Hosts of which something was kept for an agent, by name. One query. */
export async function listSampledHosts(ctx: Ctx, agentId: string): Promise<{ id: string; name: string }[]> {
  authorize(ctx, 'read inventory')
  return read((tx) =>
    tx.host.findMany({
      where: { samples: { some: { agentId } } },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    }),
  )
}

/** Only `keepSamples` writes it; text that is no JSON is what no agent understands. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
