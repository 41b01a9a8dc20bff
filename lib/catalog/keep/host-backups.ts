import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

export interface HostBackup {
  id: string
  catalogId: string
  catalogName: string
  name: string
  clientName: string
  state: string
  because: string
  lastGoodAt: Date | null
  lastJobId: number | null
}

/** The backups of a host, as they were read last. One query. */
export async function listHostBackups(ctx: Ctx, hostId: string): Promise<HostBackup[]> {
  authorize(ctx, 'read backups')
  const rows = await read((tx) =>
    tx.backupJob.findMany({
      where: { hostId },
      include: { catalog: { select: { name: true } } },
      orderBy: { name: 'asc' },
    }),
  )
  return rows.map(({ id, catalogId, catalog, name, clientName, state, because, lastGoodAt, lastJobId }) => ({
    ...{ id, catalogId, catalogName: catalog.name, name, clientName, state, because, lastGoodAt, lastJobId },
  }))
}
