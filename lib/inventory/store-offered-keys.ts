import type { Tx } from '@/lib/db'
import type { PinnedKey } from '@/lib/ssh'

/** Puts what a host offers in the place of what it offered before. A key that is pinned already stays pinned. */
export async function storeOfferedKeys(tx: Tx, hostId: string, offered: readonly PinnedKey[]): Promise<void> {
  await tx.hostKey.deleteMany({ where: { hostId, state: 'offered' } })
  const known = await tx.hostKey.findMany({
    where: { hostId },
    select: { id: true, algorithm: true, key: true, state: true },
  })
  for (const { algorithm, key, fingerprint } of offered) {
    const same = known.find((row) => row.algorithm === algorithm && row.key === key)
    if (same?.state === 'pinned') continue
    const again = { state: 'offered', seenAt: new Date(), decidedAt: null, decidedBy: null }
    if (same) await tx.hostKey.update({ where: { id: same.id }, data: again })
    else await tx.hostKey.create({ data: { hostId, algorithm, key, fingerprint, ...again } })
  }
}

/** Forgets what a host offered, since it fits its pins after all. */
export async function forgetOfferedKeys(tx: Tx, hostId: string): Promise<void> {
  await tx.hostKey.deleteMany({ where: { hostId, state: 'offered' } })
}
