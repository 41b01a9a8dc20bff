import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { DecideHostKeyInput, keysToDecide, pinOffered } from './decide-host-key'

export const AcceptChangedKeyInput = DecideHostKeyInput

/** Takes a host's new keys in the place of the pinned ones. Throws `conflict` when the host offers others by now. */
export async function acceptChangedKey(ctx: Ctx, input: z.input<typeof AcceptChangedKeyInput>): Promise<void> {
  authorize(ctx, 'edit host identity')
  const wanted = parseInput(AcceptChangedKeyInput, input)
  await work(async (tx) => {
    const { name, pinned, offered } = await keysToDecide(tx, wanted, 'changed')
    await pinOffered(tx, ctx, wanted.hostId)
    const detail = { before: pinned, after: offered }
    await writeAudit(tx, ctx, {
      verb: 'accept changed host key',
      object: 'host',
      objectId: wanted.hostId,
      label: name,
      detail,
    })
  })
}
