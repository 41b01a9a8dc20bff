import type { Ctx } from '@/lib/auth/actor'
import { findSessionId } from '@/lib/auth/current-actor'
import { read } from '@/lib/db'
import { ownAccount } from './own-account'

export interface OwnSession {
  id: string
  /** What the browser calls itself. */
  userAgent: string
  signedInAt: Date
  endsAt: Date
  /** The one that asks. */
  isThis: boolean
}

/** One's own sessions that hold, the one that asks first, then the newest. */
export async function listOwnSessions(ctx: Ctx, headers: Headers): Promise<OwnSession[]> {
  const { id } = ownAccount(ctx)
  const current = await findSessionId(headers)
  const rows = await read((tx) =>
    tx.session.findMany({
      where: { userId: id, expiresAt: { gt: new Date() } },
      select: { id: true, userAgent: true, createdAt: true, expiresAt: true },
      orderBy: { createdAt: 'desc' },
    }),
  )
  return rows
    .map((row) => ({
      id: row.id,
      userAgent: row.userAgent ?? '',
      signedInAt: row.createdAt,
      endsAt: row.expiresAt,
      isThis: row.id === current,
    }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis))
}
