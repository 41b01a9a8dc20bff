import type { Ctx } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** Why this person may not approve a change that he asked for himself; null when he may. */
export async function twoPeopleRefusal(
  tx: Tx,
  ctx: Ctx,
  change: { id: number; askedById: string },
  hostIds: readonly string[],
): Promise<string | null> {
  if (ctx.actor.kind !== 'user' || ctx.actor.id !== change.askedById) return null
  const strict = (await tx.twoPeopleTag.findMany({ select: { tag: true } })).map((row) => row.tag)
  if (strict.length === 0) return null
  const tagged = await tx.hostTag.findMany({
    where: { hostId: { in: [...hostIds] }, tag: { in: strict } },
    include: { host: { select: { name: true } } },
    orderBy: [{ tag: 'asc' }],
  })
  const [first] = tagged
  if (!first) return null
  const names = tagged.filter((row) => row.tag === first.tag).map((row) => row.host.name)
  return `Hosts tagged ${first.tag} take two people: you asked for #${change.id}, so somebody else must approve it (${names.sort().join(', ')}).`
}

/** Throws AppError `forbidden`, with the tag, when the asker would approve his own change where two people are asked for. */
export async function refuseOwnApproval(
  tx: Tx,
  ctx: Ctx,
  change: { id: number; askedById: string },
  hostIds: readonly string[],
): Promise<void> {
  const refusal = await twoPeopleRefusal(tx, ctx, change, hostIds)
  if (refusal) throw new AppError('forbidden', refusal, { userMessage: refusal })
}
