import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { findOpening, findPeer } from '@/lib/auth/peer'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { authorizeChange } from './change-scope'
import { ChangeInput } from './decide-change'
import { isNewConnection } from './run/fresh-connections'
import { note } from './run/note'

/** `old-connection`: nothing was kept, as the request came over a connection from before the question. */
export type Kept = 'kept' | 'old-connection'

/**
 * A person's word that a guarded change left the host in reach, where Pollux's own login would prove nothing (rule 7).
 * That this request came through is the proof, so it must have come over a connection that was opened after all hosts
 * had proved the change: a firewall that lets nobody in any more leaves standing connections alone. Throws AppError
 * `conflict` unless the change waits for it.
 */
export async function keepChange(
  ctx: Ctx,
  input: z.input<typeof ChangeInput>,
  headers: Headers,
): Promise<{ result: Kept }> {
  authorize(ctx, 'apply a change')
  const { changeId } = parseInput(ChangeInput, input)
  await authorizeChange(ctx, changeId)
  const isNew = isNewConnection(changeId, findOpening(headers))
  await work(async (tx) => {
    const change = await tx.change.findUnique({ where: { id: changeId } })
    if (change?.state !== 'applying' || change.needsPerson === null || change.committedAt !== null)
      throw new AppError('conflict', `expected change ${changeId} to wait for a person, got ${change?.state}`, {
        userMessage: `Change #${changeId} does not wait for anybody to confirm it.`,
      })
    if (!isNew) return
    await tx.change.update({ where: { id: changeId }, data: { keptBy: ctx.actor.name } })
    const label = `#${changeId} ${change.title}`
    await writeAudit(tx, ctx, { verb: 'keep change', object: 'change', objectId: String(changeId), label })
  })
  if (!isNew) return { result: 'old-connection' }
  await note(changeId, `${ctx.actor.name} confirmed it over a new connection from ${findPeer(headers)}`)
  return { result: 'kept' }
}
