import type { Ctx } from '@/lib/auth/actor'
import { findSessionId } from '@/lib/auth/current-actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { ownAccount } from './own-account'

export interface SessionRow {
  id: string
  /** What the browser calls itself. */
  userAgent: string
  signedInAt: Date
  endsAt: Date
}

export interface OwnSession extends SessionRow {
  /** The one that asks. */
  isThis: boolean
}

/** One's own sessions that hold, the one that asks first, then the newest. */
export async function listOwnSessions(ctx: Ctx, headers: Headers): Promise<OwnSession[]> {
  const { id } = ownAccount(ctx)
  const current = await findSessionId(headers)
  return (await sessionsOf(id))
    .map((row) => ({ ...row, isThis: row.id === current }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis))
}

/** The sessions of a user that hold, the newest first; for an admin. */
export async function listSessionsOf(ctx: Ctx, userId: string): Promise<SessionRow[]> {
  authorize(ctx, 'manage users')
  return sessionsOf(userId)
}

async function sessionsOf(userId: string): Promise<SessionRow[]> {
  const rows = await read((tx) =>
    tx.session.findMany({
      where: { userId, expiresAt: { gt: new Date() } },
      select: { id: true, userAgent: true, createdAt: true, expiresAt: true },
      orderBy: { createdAt: 'desc' },
    }),
  )
  return rows.map(({ id, userAgent, createdAt, expiresAt }) => ({
    id,
    userAgent: userAgent ?? '',
    signedInAt: createdAt,
    endsAt: expiresAt,
  }))
}
