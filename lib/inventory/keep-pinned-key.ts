import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { DecideHostKeyInput, keysToDecide } from './decide-host-key'
import { forgetOfferedKeys } from './store-offered-keys'

export const KeepPinnedKeyInput = DecideHostKeyInput

/** Refuses the new keys: the pinned ones stay, and the next use tells again whether the host shows them. */
export async function keepPinnedKey(ctx: Ctx, input: z.input<typeof KeepPinnedKeyInput>): Promise<void> {
  authorize(ctx, 'edit host identity')
  const wanted = parseInput(KeepPinnedKeyInput, input)
  await work(async (tx) => {
    const { name, pinned, offered } = await keysToDecide(tx, wanted, 'changed')
    await forgetOfferedKeys(tx, wanted.hostId)
    await tx.host.update({ where: { id: wanted.hostId }, data: { reach: 'unread', reachDetail: null } })
    const detail = { kept: pinned, refused: offered }
    await writeAudit(tx, ctx, {
      verb: 'keep pinned host key',
      object: 'host',
      objectId: wanted.hostId,
      label: name,
      detail,
    })
  })
}
