import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { takeLink } from '@/lib/auth/one-time-link'
import { findPeer } from '@/lib/auth/peer'
import { workEndingSessions } from '@/lib/auth/session-ends'
import { forgetFailedSignIns, tryFrom } from '@/lib/auth/sign-in-limit'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { createAccount, hashPassword } from './create-account'
import { emailField, nameField, newPasswordField, tokenField } from './fields'
import { asRole } from './list-users'
import { refuseOwnWords } from './password-strength'

export const FirstAdminInput = z.object({
  token: tokenField,
  name: nameField,
  email: emailField,
  password: newPasswordField,
})

/** Makes the first admin by the link that the start printed. Refused as soon as there is a user. */
export async function createFirstAdmin(
  ctx: Ctx,
  input: z.input<typeof FirstAdminInput>,
  headers = new Headers(),
): Promise<void> {
  const { token, name, email, password } = parseInput(FirstAdminInput, input)
  refuseOwnWords(password, [name, email])
  await tryFrom(findPeer(headers), async () => {
    const passwordHash = await hashPassword(password)
    await work(async (tx) => {
      await takeLink(tx, token, 'first-admin')
      if ((await tx.user.count()) > 0)
        throw new AppError('conflict', 'expected no users yet', {
          userMessage: 'There is an admin already. Ask for an invitation.',
        })
      const userId = await createAccount(tx, { name, email, role: 'admin', passwordHash })
      await writeAudit(tx, ctx, { verb: 'create first admin', object: 'user', objectId: userId, label: email })
    })
  })
}

export const InvitedInput = z.object({ token: tokenField, name: nameField, password: newPasswordField })

/** Makes the user whom an admin invited, with the address and role that the invitation names. Returns the address. */
export async function acceptInvite(
  ctx: Ctx,
  input: z.input<typeof InvitedInput>,
  headers = new Headers(),
): Promise<{ email: string }> {
  const { token, name, password } = parseInput(InvitedInput, input)
  return tryFrom(findPeer(headers), async () => {
    const passwordHash = await hashPassword(password)
    return work(async (tx) => {
      const { email, role, hostTags } = await takeLink(tx, token, 'invite')
      if (!email) throw new AppError('internal', 'expected an invitation with an address')
      refuseOwnWords(password, [name, email])
      const userId = await createAccount(tx, { name, email, role: asRole(role), hostTags, passwordHash })
      await writeAudit(tx, ctx, {
        verb: 'accept invitation',
        object: 'user',
        objectId: userId,
        label: email,
        detail: { role },
      })
      return { email }
    })
  })
}

export const ResetInput = z.object({ token: tokenField, password: newPasswordField })

/** Sets a new password by a reset link and ends every session and API token of that person. Returns the address. */
export async function resetPassword(
  ctx: Ctx,
  input: z.input<typeof ResetInput>,
  headers = new Headers(),
): Promise<{ email: string }> {
  const { token, password } = parseInput(ResetInput, input)
  const reset = await tryFrom(findPeer(headers), async () => {
    const passwordHash = await hashPassword(password)
    return workEndingSessions(async (tx) => {
      const { userId } = await takeLink(tx, token, 'reset')
      if (!userId) throw new AppError('internal', 'expected a reset link with a user')
      const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
      refuseOwnWords(password, [user.name, user.email])
      await tx.account.updateMany({ where: { userId, providerId: 'credential' }, data: { password: passwordHash } })
      await tx.session.deleteMany({ where: { userId } })
      await tx.apiToken.deleteMany({ where: { userId } })
      await tx.oneTimeLink.deleteMany({ where: { userId, purpose: 'reset', usedAt: null } })
      await writeAudit(tx, ctx, { verb: 'reset password', object: 'user', objectId: userId, label: user.email })
      return { email: user.email }
    })
  })
  // Whoever asked for a new password most likely failed with the old one.
  forgetFailedSignIns(reset.email)
  return reset
}
