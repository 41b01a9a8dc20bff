import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

/** The figures beside the navigation. */
export interface FrameFigures {
  hosts: number
  inReach: number
  running: number
  waiting: number
}

/** Hosts, how many of them are in reach, changes that run and that wait for a decision. Two queries. */
export async function frameFigures(ctx: Ctx): Promise<FrameFigures> {
  authorize(ctx, 'read inventory')
  return read(async (tx) => {
    const [reach, states] = await Promise.all([
      tx.host.groupBy({ by: ['reach'], _count: true }),
      tx.change.groupBy({ by: ['state'], where: { state: { not: 'ended' } }, _count: true }),
    ])
    const sum = (rows: readonly { _count: number }[]) => rows.reduce((total, row) => total + row._count, 0)
    return {
      hosts: sum(reach),
      inReach: sum(reach.filter((row) => row.reach === 'ok')),
      running: sum(states.filter((row) => row.state === 'applying' || row.state === 'approved')),
      waiting: sum(states.filter((row) => row.state === 'asked' || row.state === 'stale')),
    }
  })
}
