import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type KeyState, keyState, sameFingerprints } from './key-state'
import { hostNotFound } from './not-found'

/** `fingerprints` are those the person had before his eyes: a decision about others is refused. */
export const DecideHostKeyInput = z.object({
  hostId: z.string(),
  fingerprints: z.array(z.string().max(200)).min(1, 'There is no key to decide about. Scan the host first.').max(20),
})

export interface KeysToDecide {
  name: string
  pinned: string[]
  offered: string[]
}

/** Reads a host's keys for a decision. Throws `conflict` when they are in another state than the person saw. */
export async function keysToDecide(
  tx: Tx,
  input: z.infer<typeof DecideHostKeyInput>,
  expected: KeyState,
): Promise<KeysToDecide> {
  const host = await tx.host.findUnique({ where: { id: input.hostId }, select: { name: true, keys: true } })
  if (!host) throw hostNotFound(input.hostId)
  const of = (state: string) => host.keys.filter((key) => key.state === state).map((key) => key.fingerprint)
  const offered = of('offered')
  const state = keyState(host.keys)
  if (state !== expected || !sameFingerprints(offered, input.fingerprints)) {
    throw new AppError(
      'conflict',
      `expected keys of ${host.name} ${expected} with ${input.fingerprints}, got ${state} with ${offered}`,
      {
        userMessage: `What ${host.name} offers is not what this page showed. Load the page again and compare anew.`,
      },
    )
  }
  return { name: host.name, pinned: of('pinned'), offered }
}

/** Pins what is offered and retires what was pinned, in the name of who decided. */
export async function pinOffered(tx: Tx, ctx: Ctx, hostId: string): Promise<void> {
  await tx.hostKey.updateMany({ where: { hostId, state: 'pinned' }, data: { state: 'retired' } })
  const decided = { state: 'pinned', decidedAt: new Date(), decidedBy: ctx.actor.name }
  await tx.hostKey.updateMany({ where: { hostId, state: 'offered' }, data: decided })
  await tx.host.update({
    where: { id: hostId },
    data: { reach: 'unread', reachDetail: null, version: { increment: 1 } },
  })
}
