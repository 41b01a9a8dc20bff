import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { foundOf, parseStoredFacts } from './stored-facts'

/** A host with what one probe found there when it was read last. */
export interface HostFacts {
  hostId: string
  name: string
  /** Null where it was not asked, or could not tell. */
  value: unknown
}

/** What one probe found on some hosts when they were read last; a host that is gone is left out. One query. */
export async function listReadFacts(ctx: Ctx, probeId: string, hostIds: readonly string[]): Promise<HostFacts[]> {
  authorize(ctx, 'read inventory')
  const hosts = await read((tx) =>
    tx.host.findMany({
      where: { id: { in: [...hostIds] } },
      select: { id: true, name: true, latestFacts: true },
      orderBy: { name: 'asc' },
    }),
  )
  return hosts.map(({ id, name, latestFacts }) => {
    const found = foundOf<unknown>(parseStoredFacts(latestFacts), probeId)
    return { hostId: id, name, value: found.state === 'read' ? found.value : null }
  })
}
