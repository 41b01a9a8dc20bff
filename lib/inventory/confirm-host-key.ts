import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { DecideHostKeyInput, keysToDecide, pinOffered } from './decide-host-key'

export const ConfirmHostKeyInput = DecideHostKeyInput

/** Pins the offered keys of a host that has none yet, after a person compared them. Throws `conflict` when others are offered now. */
export async function confirmHostKey(ctx: Ctx, input: z.input<typeof ConfirmHostKeyInput>): Promise<void> {
  authorize(ctx, 'edit host identity')
  const wanted = parseInput(ConfirmHostKeyInput, input)
  await work(async (tx) => {
    const { name, offered } = await keysToDecide(tx, wanted, 'none')
    await pinOffered(tx, ctx, wanted.hostId)
    const detail = { pinned: offered }
    await writeAudit(tx, ctx, {
      verb: 'confirm host key',
      object: 'host',
      objectId: wanted.hostId,
      label: name,
      detail,
    })
  })
}
