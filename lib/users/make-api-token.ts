import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { newApiToken } from '@/lib/auth/api-token'
import { lowerRole } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { MakeApiTokenInput } from './api-token-fields'
import { confirmOwnPassword } from './confirm-own-password'
import { getUser } from './get-user'
import { asRole } from './list-users'
import { ownAccount } from './own-account'

const mostTokens = 50

/**
 * Makes an API token for oneself, by the password: an open browser alone must not leave a way in behind. It is shown
 * once; its hash alone is kept. Throws AppError `invalid` (a role above the own one among it), `locked`, `conflict` for
 * too many.
 */
export async function makeApiToken(
  ctx: Ctx,
  input: z.input<typeof MakeApiTokenInput>,
): Promise<{ token: string; expiresAt: Date }> {
  const { id } = ownAccount(ctx)
  const { name, role, tags, days, password } = parseInput(MakeApiTokenInput, input)
  const user = await read((tx) => getUser(tx, id))
  const entry = { verb: 'make API token', object: 'user', objectId: id, label: user.email } as const
  await confirmOwnPassword(ctx, 'password', password, entry)
  const { token, tokenHash } = newApiToken()
  const expiresAt = new Date(Date.now() + days * 24 * 3_600_000)
  await work(async (tx) => {
    const own = asRole((await getUser(tx, id)).role)
    if (lowerRole(role, own) !== role)
      throw fieldError('role', `You are ${own}: a token of yours can’t be more than that.`)
    if ((await tx.apiToken.count({ where: { userId: id } })) >= mostTokens)
      throw new AppError('conflict', `expected fewer than ${mostTokens} tokens of ${id}`, {
        userMessage: `You have ${mostTokens} tokens. End one that is not used any more first.`,
      })
    await tx.apiToken.create({ data: { userId: id, name, tokenHash, role, hostTags: JSON.stringify(tags), expiresAt } })
    await writeAudit(tx, ctx, { ...entry, detail: { token: name, role, tags, expiresAt } })
  })
  return { token, expiresAt }
}
