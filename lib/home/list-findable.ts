import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

export interface Findable {
  hosts: { id: string; name: string }[]
  /** The newest hundred. */
  changes: { id: number; title: string; state: string; outcome: string | null }[]
}

/** What the palette finds by name. Two queries. */
export async function listFindable(ctx: Ctx): Promise<Findable> {
  authorize(ctx, 'read inventory')
  authorize(ctx, 'read changes')
  const [hosts, changes] = await read((tx) =>
    Promise.all([
      tx.host.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } }),
      tx.change.findMany({
        select: { id: true, title: true, state: true, outcome: true },
        orderBy: { id: 'desc' },
        take: 100,
      }),
    ]),
  )
  return { hosts, changes }
}
