import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { hostFigures } from './host-figures'
import { parseStoredFacts } from './stored-facts'

/** One reading's figures; null is a gap. */
export interface HistoryPoint {
  at: Date
  load1: number | null
  memoryPercent: number | null
  fullestPercent: number | null
}

/** A host's figures over the last hours (24 unless told otherwise), the oldest first. */
export async function hostHistory(ctx: Ctx, hostId: string, hours = 24): Promise<HistoryPoint[]> {
  authorize(ctx, 'read inventory')
  const since = new Date(Date.now() - hours * 3_600_000)
  const rows = await read((tx) =>
    tx.factsReading.findMany({
      where: { hostId, takenAt: { gte: since } },
      select: { takenAt: true, data: true },
      orderBy: { takenAt: 'asc' },
    }),
  )
  return rows.map(({ takenAt, data }) => {
    const figures = hostFigures(parseStoredFacts(data), takenAt.getTime())
    return {
      at: takenAt,
      load1: figures?.load1 ?? null,
      memoryPercent: figures?.memoryPercent ?? null,
      fullestPercent: figures?.fullest?.percent ?? null,
    }
  })
}
