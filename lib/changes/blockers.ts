import type { Tx } from '@/lib/db'

/** A change that another one waits for, and on which hosts. */
export interface Blocker {
  changeId: number
  hostNames: string[]
}

interface Open {
  id: number
  hosts: readonly { hostKeptId: string; hostName: string }[]
}

/** Those of the changes ahead that hold a host of this one. */
export function blockersOf(change: Open, ahead: readonly Open[]): Blocker[] {
  const own = new Set(change.hosts.map((host) => host.hostKeptId))
  return ahead.flatMap((other) => {
    const shared = other.hosts.filter((host) => own.has(host.hostKeptId))
    return shared.length === 0 ? [] : [{ changeId: other.id, hostNames: shared.map((host) => host.hostName).sort() }]
  })
}

/** "waits for #12 on cedar and #13 on jump", for the screen and the journal. */
export function waitText(blockers: readonly Blocker[]): string {
  return `waits for ${blockers.map(({ changeId, hostNames }) => `#${changeId} on ${hostNames.join(', ')}`).join(' and ')}`
}

/** What each queued change waits for, as it is now. One query. */
export async function findBlockers(tx: Tx): Promise<Map<number, Blocker[]>> {
  const open = await tx.change.findMany({
    where: { state: { in: ['approved', 'applying', 'queued'] } },
    orderBy: [{ approvedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, state: true, hosts: { select: { hostKeptId: true, hostName: true } } },
  })
  const ahead = open.filter((change) => change.state !== 'queued')
  const waiting = new Map<number, Blocker[]>()
  for (const change of open.filter(({ state }) => state === 'queued')) {
    waiting.set(change.id, blockersOf(change, ahead))
    ahead.push(change)
  }
  return waiting
}
