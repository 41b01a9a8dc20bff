import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { instanceId } from '@/lib/config/instance-id'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { hostNotFound } from '@/lib/inventory/not-found'
import { refuseWhileChanging } from '@/lib/inventory/refuse-while-changing'
import { isBreakable, isUnderWay, lockSentence } from './footprint'
import { breakLockScript, footprintExit } from './on-host/footprint-script'
import { FootprintInput, onHost, readFootprint } from './read-footprint'

/** `owner` is the lock's owner as it was on the screen: another one is not broken. */
export const BreakLockInput = FootprintInput.extend({ owner: z.string().max(1_000) })

/**
 * Breaks the lock of a host under which nobody works any more, with what was brought and never started. The host looks
 * again before it does. Throws AppError `not-found`, `conflict` when it is another lock by now, `locked` while its change
 * is under way.
 */
export async function breakLock(ctx: Ctx, input: z.input<typeof BreakLockInput>): Promise<void> {
  authorize(ctx, 'break a lock')
  const { hostId, owner } = parseInput(BreakLockInput, input)
  const host = await read(async (tx) => {
    const found = await tx.host.findUnique({ where: { id: hostId }, select: { name: true } })
    if (found) await refuseWhileChanging(tx, hostId, found.name)
    return found
  })
  if (!host) throw hostNotFound(hostId)
  const { lock } = await readFootprint(ctx, { hostId })
  if (!lock || lock.owner !== owner) throw notTheSame(host.name)
  const sentence = lockSentence(lock, instanceId())
  if (!isBreakable(lock))
    throw new AppError('locked', `expected a lock that nobody works under, got ${lock.state}`, {
      userMessage: isUnderWay(lock.state)
        ? `${sentence} Broken now, ${host.name} could be left half-changed. Let it end, or take it back on the host: sh ${lock.root}/changes/${owner.split(' ')[0]}/undo`
        : `${sentence} It may be just being taken. Look again in a minute.`,
    })
  const { exitCode } = await onHost(hostId, breakLockScript(lock.root, owner))
  if (exitCode !== footprintExit.done) throw notTheSame(host.name)
  await work((tx) =>
    writeAudit(tx, ctx, { verb: 'break lock', object: 'host', objectId: hostId, label: host.name, detail: { owner } }),
  )
}

function notTheSame(name: string): AppError {
  return new AppError('conflict', `expected the lock that was shown on ${name}, got another state`, {
    userMessage: `The lock of ${name} is no longer the one that was on your screen. Look again.`,
  })
}
