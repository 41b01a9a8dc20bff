import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { changedFields } from './changed-fields'
import { checkPair, PairFields, pairColumns, pairNotFound, refuseOldPair } from './pair-fields'

/** `version` is that of the pair the form was filled from. */
export const ChangePairInput = z.object({ pairId: z.string(), version: z.number().int() }).and(PairFields)

/** Changes what a pair declares. Nothing is touched on its hosts, and where the address is now stays as it is. */
export async function changePair(ctx: Ctx, input: z.input<typeof ChangePairInput>): Promise<void> {
  authorize(ctx, 'edit host notes')
  const { pairId, version, ...wished } = parseInput(ChangePairInput, input)
  await work(async (tx) => {
    const before = await tx.failoverPair.findUnique({
      where: { id: pairId },
      include: { activeHost: { select: { name: true } }, standbyHost: { select: { name: true } } },
    })
    if (!before) throw pairNotFound(pairId)
    await authorizeHosts(
      ctx,
      [before.activeHostId, before.standbyHostId, wished.activeHostId, wished.standbyHostId],
      tx,
    )
    refuseOldPair(before, version)
    const names = await checkPair(tx, wished, pairId)
    const columns = pairColumns(wished)
    const said = (pair: typeof columns, active: string, standby: string) => ({
      address: `${pair.address}/${pair.prefix}`,
      active: `${pair.activeDevice} of ${active}`,
      standby: `${pair.standbyDevice} of ${standby}`,
    })
    const changes = changedFields(
      said(before, before.activeHost.name, before.standbyHost.name),
      said(columns, names.active, names.standby),
    )
    if (Object.keys(changes).length === 0) return
    await tx.failoverPair.update({ where: { id: pairId }, data: { ...columns, version: { increment: 1 } } })
    await writeAudit(tx, ctx, {
      verb: 'change pair',
      object: 'pair',
      objectId: pairId,
      label: columns.address,
      detail: { changes },
    })
  })
}
