import type { Ctx, Role } from '@/lib/auth/actor'
import { parseHostTags } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { asRole } from './list-users'
import { ownAccount } from './own-account'

export interface ApiTokenRow {
  id: string
  name: string
  role: Role
  tags: string[]
  createdAt: Date
  expiresAt: Date
  /** To the minute; null: never. */
  lastUsedAt: Date | null
}

/** One's own API tokens that hold, the newest first. */
export async function listOwnApiTokens(ctx: Ctx): Promise<ApiTokenRow[]> {
  return tokensOf(ownAccount(ctx).id)
}

/** Those of a user; for an admin. */
export async function listApiTokensOf(ctx: Ctx, userId: string): Promise<ApiTokenRow[]> {
  authorize(ctx, 'manage users')
  return tokensOf(userId)
}

async function tokensOf(userId: string): Promise<ApiTokenRow[]> {
  const rows = await read((tx) =>
    tx.apiToken.findMany({
      where: { userId, expiresAt: { gt: new Date() } },
      omit: { tokenHash: true, userId: true },
      orderBy: { createdAt: 'desc' },
    }),
  )
  return rows.map(({ role, hostTags, ...row }) => ({ ...row, role: asRole(role), tags: parseHostTags(hostTags) }))
}
