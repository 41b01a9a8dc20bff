import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { pairNotFound, refuseOldPair } from './pair-fields'

/** `version` is that of the pair as the person saw it: a second press does not swap it back. */
export const SwapPairInput = z.object({ pairId: z.string(), version: z.number().int() })

/** Makes the standby the active one and the other way round. The address stays where it is. */
export async function swapPair(ctx: Ctx, input: z.input<typeof SwapPairInput>): Promise<void> {
  authorize(ctx, 'edit host notes')
  const { pairId, version } = parseInput(SwapPairInput, input)
  await work(async (tx) => {
    const pair = await tx.failoverPair.findUnique({
      where: { id: pairId },
      include: { activeHost: { select: { name: true } }, standbyHost: { select: { name: true } } },
    })
    if (!pair) throw pairNotFound(pairId)
    await authorizeHosts(ctx, [pair.activeHostId, pair.standbyHostId], tx)
    refuseOldPair(pair, version)
    await tx.failoverPair.update({
      where: { id: pairId },
      data: {
        activeHostId: pair.standbyHostId,
        activeDevice: pair.standbyDevice,
        standbyHostId: pair.activeHostId,
        standbyDevice: pair.activeDevice,
        version: { increment: 1 },
      },
    })
    await writeAudit(tx, ctx, {
      verb: 'swap pair',
      object: 'pair',
      objectId: pairId,
      label: pair.address,
      detail: { active: { before: pair.activeHost.name, after: pair.standbyHost.name } },
    })
  })
}
