import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { instanceId } from '@/lib/config/instance-id'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { withHost } from '@/lib/inventory/with-host'
import { type CommandResult, sshPool } from '@/lib/ssh'
import { type Footprint, isBreakable, lockSentence, parseFootprint } from './footprint'
import { readFootprintScript } from './on-host/footprint-script'

export const FootprintInput = z.object({ hostId: z.string().min(1).max(64) })

/** What lies on a host, with its lock in words. */
export interface ShownFootprint extends Footprint {
  lockSentence: string | null
  /** Whether nobody works under the lock any more. */
  isLockBreakable: boolean
}

/** Reads what Pollux left on a host, in one round trip. Throws as `onHost`. */
export async function readFootprint(ctx: Ctx, input: z.input<typeof FootprintInput>): Promise<ShownFootprint> {
  authorize(ctx, 'read facts anew')
  const { hostId } = parseInput(FootprintInput, input)
  await authorizeHosts(ctx, [hostId])
  const result = await onHost(hostId, readFootprintScript())
  const found = parseFootprint(result.stdout.toString('utf8'))
  return {
    ...found,
    lockSentence: found.lock && lockSentence(found.lock, instanceId()),
    isLockBreakable: found.lock !== null && isBreakable(found.lock),
  }
}

/** Runs a script on a host as root. Throws AppError `unreachable` and the like, `internal` when it was cut. */
export async function onHost(hostId: string, script: string): Promise<CommandResult> {
  const result = await withHost(hostId, (target) =>
    sshPool().script(target, script, { timeoutMs: 60_000, privileged: target.privilege !== 'none' }),
  )
  if (result.exitCode !== null && !result.timedOut) return result
  throw new AppError('unreachable', `expected an exit code, got ${result.stderr}`, {
    userMessage: 'The connection was cut, so it is not known how that went. Look again.',
  })
}
