import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { nameField } from './fields'
import { getUser } from './get-user'
import { ownAccount } from './own-account'

export const RenameSelfInput = z.object({ name: nameField })

/** Gives oneself another name. What was done before keeps the name of its time. */
export async function renameSelf(ctx: Ctx, input: z.input<typeof RenameSelfInput>): Promise<void> {
  const { id } = ownAccount(ctx)
  const { name } = parseInput(RenameSelfInput, input)
  await work(async (tx) => {
    const before = await getUser(tx, id)
    if (before.name === name) return
    await tx.user.update({ where: { id }, data: { name } })
    await writeAudit(tx, ctx, {
      verb: 'rename self',
      object: 'user',
      objectId: id,
      label: before.email,
      detail: { before: before.name, after: name },
    })
  })
}
