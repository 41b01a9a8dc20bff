import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { pairNotFound } from './pair-fields'

export const RemovePairInput = z.object({ pairId: z.string() })

/** Forgets a pair. The address stays where it is. */
export async function removePair(ctx: Ctx, input: z.input<typeof RemovePairInput>): Promise<void> {
  authorize(ctx, 'edit host notes')
  const { pairId } = parseInput(RemovePairInput, input)
  await work(async (tx) => {
    const pair = await tx.failoverPair.findUnique({
      where: { id: pairId },
      include: { activeHost: { select: { name: true } }, standbyHost: { select: { name: true } } },
    })
    if (!pair) throw pairNotFound(pairId)
    await authorizeHosts(ctx, [pair.activeHostId, pair.standbyHostId], tx)
    await tx.failoverPair.delete({ where: { id: pairId } })
    await writeAudit(tx, ctx, {
      verb: 'remove pair',
      object: 'pair',
      objectId: pairId,
      label: pair.address,
      detail: {
        active: `${pair.activeDevice} of ${pair.activeHost.name}`,
        standby: `${pair.standbyDevice} of ${pair.standbyHost.name}`,
      },
    })
  })
}
