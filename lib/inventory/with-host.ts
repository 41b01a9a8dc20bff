import type { SshTarget } from '@/lib/ssh'
import { recordReach } from './record-reach'
import { sshTargetOf } from './target-of'

/**
 * Runs work on a host by its id, and keeps what a failed contact told: the stage that failed, or the changed key.
 * Whoever reaches a host outside a reading goes this way, so that a changed key is noticed by everybody.
 */
export async function withHost<T>(hostId: string, run: (target: SshTarget) => Promise<T>): Promise<T> {
  return onHost(hostId)(run)
}

/** The same for many pieces of work in a row: how the host is reached is read again only after a contact failed. */
export function onHost(hostId: string): <T>(run: (target: SshTarget) => Promise<T>) => Promise<T> {
  let known: SshTarget | null = null
  return async (run) => {
    const target = known ?? (await sshTargetOf(hostId))
    known = target
    try {
      return await run(target)
    } catch (error) {
      known = null
      await recordReach(hostId, error)
      throw error
    }
  }
}
