import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { type IssuedLink, issueLink } from '@/lib/auth/one-time-link'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { tagsField } from '@/lib/inventory/fields'
import { emailField, roleField } from './fields'

export const InviteUserInput = z.object({
  email: emailField,
  role: roleField,
  /** Which hosts an operator may touch, see `setHostTags`; none: all. */
  tags: tagsField.default([]),
})

/**
 * Invites a person by address, with a role. Returns the token of `/invite#TOKEN`, which is shown once and kept nowhere.
 * Earlier invitations of the same address end.
 */
export async function inviteUser(ctx: Ctx, input: z.input<typeof InviteUserInput>): Promise<IssuedLink> {
  authorize(ctx, 'manage users')
  const { email, role, tags } = parseInput(InviteUserInput, input)
  return work(async (tx) => {
    const known = await tx.user.findUnique({ where: { email }, select: { name: true } })
    if (known) throw fieldError('email', `${known.name} is a user with this address already.`)
    await tx.oneTimeLink.deleteMany({ where: { purpose: 'invite', email, usedAt: null } })
    const createdBy = ctx.actor.kind === 'user' ? ctx.actor.id : undefined
    const issued = await issueLink(tx, { purpose: 'invite', email, role, hostTags: tags, createdBy })
    await writeAudit(tx, ctx, { verb: 'invite user', object: 'user', label: email, detail: { role, tags } })
    return issued
  })
}
