import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

/** A change that works on its hosts now, or is about to. */
export interface ChangeUnderWay {
  changeId: number
  hostIds: string[]
}

/** What an agent's changes are at, and which of them ended last: another one means that what stands may be another. */
export interface AgentWork {
  underWay: ChangeUnderWay[]
  lastEnded: number | null
}

/** The changes of an agent that are approved or applied now, with their hosts. Two queries. */
export async function listUnderWay(ctx: Ctx, agentId: string): Promise<AgentWork> {
  authorize(ctx, 'read changes')
  return read(async (tx) => {
    const changes = await tx.change.findMany({
      where: { agentId, state: { in: ['approved', 'applying'] } },
      orderBy: { id: 'asc' },
      select: { id: true, hosts: { select: { hostKeptId: true } } },
    })
    const last = await tx.change.findFirst({
      where: { agentId, state: 'ended' },
      orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    })
    const underWay = changes.map(({ id, hosts }) => ({ changeId: id, hostIds: hosts.map((host) => host.hostKeptId) }))
    return { underWay, lastEnded: last?.id ?? null }
  })
}
