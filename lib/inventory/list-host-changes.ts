import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

export interface HostChangeRow {
  id: number
  title: string
  summary: string
  state: string
  outcome: string | null
  askedBy: string
  approvedBy: string | null
  askedAt: Date
  endedAt: Date | null
}

/** The changes of one host, the newest first, at most `most`. */
export async function listHostChanges(ctx: Ctx, hostId: string, most = 100): Promise<HostChangeRow[]> {
  authorize(ctx, 'read changes')
  return read((tx) =>
    tx.change.findMany({
      where: { hosts: { some: { hostId } } },
      orderBy: { id: 'desc' },
      take: most,
      select: {
        id: true,
        title: true,
        summary: true,
        state: true,
        outcome: true,
        askedBy: true,
        approvedBy: true,
        askedAt: true,
        endedAt: true,
      },
    }),
  )
}
