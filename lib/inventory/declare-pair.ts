import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { checkPair, PairFields, type PairInput, pairColumns } from './pair-fields'

export const DeclarePairInput = PairFields

/** Declares on which of two hosts a failover IP is at home and which one is its standby. Nothing is touched on them. */
export async function declarePair(ctx: Ctx, input: PairInput): Promise<{ pairId: string }> {
  authorize(ctx, 'edit host notes')
  const pair = parseInput(DeclarePairInput, input)
  await authorizeHosts(ctx, [pair.activeHostId, pair.standbyHostId])
  return work(async (tx) => {
    const names = await checkPair(tx, pair, null)
    const { activeDevice, standbyDevice } = pair
    const { id, address } = await tx.failoverPair.create({ data: pairColumns(pair) })
    await writeAudit(tx, ctx, {
      verb: 'declare pair',
      object: 'pair',
      objectId: id,
      label: address,
      detail: { active: `${activeDevice} of ${names.active}`, standby: `${standbyDevice} of ${names.standby}` },
    })
    return { pairId: id }
  })
}
