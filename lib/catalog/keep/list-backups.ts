import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

export interface CatalogBackups {
  id: string
  name: string
  /** When the regular reading last ended well. */
  readAt: Date | null
  /** Why the last one did not. */
  trouble: string | null
  backups: {
    name: string
    clientName: string
    hostId: string | null
    state: string
    because: string
    lastGoodAt: Date | null
    dueBy: Date | null
    lastJobId: number | null
  }[]
}

/**
 * Every catalog with its backups (job and client), as they were read last; samples last. No catalog is asked. Two
 * queries.
 */
export async function listBackups(ctx: Ctx): Promise<CatalogBackups[]> {
  authorize(ctx, 'read backups')
  const catalogs = await read((tx) =>
    tx.catalog.findMany({
      select: {
        ...{ id: true, name: true, way: true, readAt: true, trouble: true },
        jobs: { omit: { id: true, catalogId: true, lastStatus: true, readAt: true }, orderBy: { name: 'asc' } },
      },
      orderBy: { name: 'asc' },
    }),
  )
  return catalogs
    .toSorted((a, b) => Number(a.way === 'sample') - Number(b.way === 'sample'))
    .map(({ id, name, readAt, trouble, jobs }) => ({ id, name, readAt, trouble, backups: jobs }))
}
