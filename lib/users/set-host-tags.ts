import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { parseHostTags } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { parseInput } from '@/lib/errors/parse-input'
import { tagsField } from '@/lib/inventory/fields'
import { getUser } from './get-user'
import { refuseSelf } from './keep-an-admin'

export const SetHostTagsInput = z.object({ userId: z.string(), tags: tagsField })

/**
 * Says which hosts a user may touch while he is an operator: those with one of these tags, and all hosts without any. It
 * counts from his next request on. Throws AppError `conflict` for oneself.
 */
export async function setHostTags(ctx: Ctx, input: z.input<typeof SetHostTagsInput>): Promise<void> {
  authorize(ctx, 'manage users')
  const { userId, tags } = parseInput(SetHostTagsInput, input)
  refuseSelf(ctx, userId, 'Nobody sets the own hosts. Another admin can do it.')
  await workEndingSessions(async (tx) => {
    const user = await getUser(tx, userId)
    const { hostTags } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { hostTags: true } })
    const before = parseHostTags(hostTags)
    if (before.join() === tags.join()) return
    await tx.user.update({ where: { id: userId }, data: { hostTags: JSON.stringify(tags) } })
    await writeAudit(tx, ctx, {
      verb: 'set hosts of user',
      object: 'user',
      objectId: userId,
      label: user.email,
      detail: { tags: { before, after: tags } },
    })
  })
}
