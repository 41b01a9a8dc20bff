import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

export interface PoolDay {
  /** YYYY-MM-DD, in the catalog's zone. */
  day: string
  volumes: number
  bytes: number
  prunableBytes: number
}

/** A pool's kept days of two years, the oldest first. One query of the store; nothing is asked of the catalog. */
export async function listPoolDays(ctx: Ctx, catalogId: string, pool: string): Promise<PoolDay[]> {
  authorize(ctx, 'read backups')
  const rows = await read((tx) => tx.poolSample.findMany({ where: { catalogId, pool }, orderBy: { day: 'asc' } }))
  return rows.map(({ day, volumes, bytes, prunableBytes }) => ({
    day,
    volumes,
    bytes: Number(bytes),
    prunableBytes: Number(prunableBytes),
  }))
}
