import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** Throws `locked` while a change runs on the host: its way back needs the host as it is entered now. */
export async function refuseWhileChanging(tx: Tx, hostId: string, name: string): Promise<void> {
  const running = await tx.change.findFirst({
    where: { state: 'applying', hosts: { some: { hostId } } },
    select: { id: true, title: true },
  })
  if (!running) return
  throw new AppError('locked', `expected no running change on ${name}, got #${running.id}`, {
    userMessage: `Change #${running.id} (${running.title}) runs on ${name}. Wait until it has ended.`,
    data: { changeId: running.id },
  })
}
