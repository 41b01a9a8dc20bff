import type { SshTarget } from '@/lib/ssh'
import { recordReach } from './record-reach'
import { sshTargetOf } from './target-of'

/**
 * Runs work on a host by its id, and keeps what a failed contact told: the stage that failed, or the changed key.
 * Whoever reaches a host outside a reading goes this way, so that a changed key is noticed by everybody.
 */
export async function withHost<T>(hostId: string, run: (target: SshTarget) => Promise<T>): Promise<T> {
  const target = await sshTargetOf(hostId)
  try {
    return await run(target)
  } catch (error) {
    await recordReach(hostId, error)
    throw error
  }
}
