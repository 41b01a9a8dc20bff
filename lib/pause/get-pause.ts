import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { findPaused, type Paused } from '@/lib/config/paused'
import { read } from '@/lib/db'

/** A change that the backup holds as approved or running. */
export interface OpenChange {
  id: number
  title: string
  state: string
  approvedBy: string | null
  approvedAt: Date | null
  hosts: string[]
}

/** Why Pollux is paused, and the changes that resuming it touches; null while it works. One query. */
export async function getPause(ctx: Ctx): Promise<{ paused: Paused; open: OpenChange[] } | null> {
  authorize(ctx, 'edit settings')
  const paused = findPaused()
  if (paused === null) return null
  const rows = await read((tx) =>
    tx.change.findMany({
      where: { state: { in: ['approved', 'queued', 'scheduled', 'applying'] } },
      orderBy: { id: 'asc' },
      select: {
        ...{ id: true, title: true, state: true, approvedBy: true, approvedAt: true },
        hosts: { select: { hostName: true } },
      },
    }),
  )
  const open = rows.map(({ hosts, ...row }) => ({ ...row, hosts: hosts.map((host) => host.hostName) }))
  return { paused, open }
}
