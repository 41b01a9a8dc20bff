import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { type IssuedLink, issueLink } from '@/lib/auth/one-time-link'
import { authorize } from '@/lib/auth/rights'
import { removeSecondFactor } from '@/lib/auth/second-factor/take-code'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { type Tx, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { emailField } from './fields'
import { getUser } from './get-user'
import { refuseSelf } from './keep-an-admin'

export const MakeResetLinkInput = z.object({ userId: z.string() })

/**
 * A link by which another user chooses a new password: `/reset#TOKEN`. Earlier ones end, the sessions when it is used.
 * Throws AppError `conflict` for oneself: a session alone must not be enough to change its own password.
 */
export async function makeResetLink(ctx: Ctx, input: z.input<typeof MakeResetLinkInput>): Promise<IssuedLink> {
  authorize(ctx, 'manage users')
  const { userId } = parseInput(MakeResetLinkInput, input)
  refuseSelf(ctx, userId, 'Change your own password under Settings, You.')
  return work(async (tx) => makeLink(tx, ctx, await getUser(tx, userId)))
}

export const ResetUserInput = z.object({
  email: emailField,
  /** Takes the second factor away too. */
  secondFactor: z.boolean().default(false),
})

/**
 * The same by address, for the command line of the machine itself: every session and API token of that person ends at
 * once, and on request the second factor goes. Gives with the link whether there is one still. Throws AppError
 * `not-found` for an unknown address, with how many there are.
 */
export async function resetUser(
  ctx: Ctx,
  input: z.input<typeof ResetUserInput>,
): Promise<IssuedLink & { hasSecondFactor: boolean }> {
  authorize(ctx, 'manage users')
  const { email, secondFactor } = parseInput(ResetUserInput, input)
  return workEndingSessions(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true, email: true, secondFactorAt: true } })
    if (!user) throw await unknownAddress(tx, email)
    const { count } = await tx.session.deleteMany({ where: { userId: user.id } })
    const tokens = await tx.apiToken.deleteMany({ where: { userId: user.id } })
    if (secondFactor) await removeSecondFactor(tx, user.id)
    const tookSecondFactor = secondFactor && user.secondFactorAt !== null
    const link = await makeLink(tx, ctx, user, { endedSessions: count, endedTokens: tokens.count, tookSecondFactor })
    return { ...link, hasSecondFactor: user.secondFactorAt !== null && !secondFactor }
  })
}

async function makeLink(
  tx: Tx,
  ctx: Ctx,
  user: { id: string; email: string },
  detail: Record<string, unknown> = {},
): Promise<IssuedLink> {
  await tx.oneTimeLink.deleteMany({ where: { purpose: 'reset', userId: user.id, usedAt: null } })
  const createdBy = ctx.actor.kind === 'user' ? ctx.actor.id : undefined
  const issued = await issueLink(tx, { purpose: 'reset', userId: user.id, email: user.email, createdBy })
  await writeAudit(tx, ctx, { verb: 'make reset link', object: 'user', objectId: user.id, label: user.email, detail })
  return issued
}

async function unknownAddress(tx: Tx, email: string): Promise<AppError> {
  const count = await tx.user.count()
  const known =
    count === 0
      ? 'There are no users yet: npm run link prints the link for the first admin.'
      : `${count} ${count === 1 ? 'address is' : 'addresses are'} known; an admin sees them under Settings, Users.`
  return new AppError('not-found', `expected a user with the address ${email}, found none`, {
    userMessage: `Nobody here has the address ${email}. ${known}`,
  })
}
