import type { Tx } from '@/lib/db'

/** How many changes lost their approval, and how many were running. */
export interface Withdrawn {
  withdrawn: number
  running: number
}

/**
 * Takes approvals back that can no longer be trusted, because the store stands at an earlier moment than the hosts. What had
 * not begun is asked anew. What was running is left to its hosts: `resumeChange` looks how it ended there, and nothing of
 * it that had not begun is begun.
 */
export async function withdrawApprovals(tx: Tx, why: string): Promise<Withdrawn> {
  const open = await tx.change.findMany({
    where: { state: { in: ['approved', 'queued', 'scheduled', 'applying'] } },
    select: { id: true, state: true },
  })
  const running = open.filter((change) => change.state === 'applying').map((change) => change.id)
  const approved = open.filter((change) => change.state !== 'applying').map((change) => change.id)
  const none = {
    approvedBy: null,
    approvedById: null,
    approvedAt: null,
    expiresAt: null,
    beginAt: null,
    canaryId: null,
  }
  await tx.change.updateMany({ where: { id: { in: approved } }, data: { state: 'asked', ...none } })
  await tx.change.updateMany({ where: { id: { in: running } }, data: { stopAskedBy: why } })
  const at = new Date()
  await tx.journalLine.createMany({
    data: [
      ...approved.map((changeId) => ({
        ...{ changeId, at, kind: 'note' },
        text: `${why}: its approval was taken back, for it may have been applied since. Look at the host, then decide again`,
      })),
      ...running.map((changeId) => ({
        ...{ changeId, at, kind: 'note' },
        text: `${why}: what it did since is looked for on its hosts, and nothing that had not begun is begun`,
      })),
    ],
  })
  return { withdrawn: approved.length, running: running.length }
}
