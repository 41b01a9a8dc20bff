import { type Ctx, type Role, roles } from '@/lib/auth/actor'
import { parseHostTags } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { isSecondFactorRequired } from '@/lib/auth/second-factor/required'
import { read } from '@/lib/db'

export interface UserRow {
  id: string
  name: string
  email: string
  role: Role
  createdAt: Date
  /** Which hosts he may touch as an operator; none: all. */
  hostTags: string[]
  /** Since when the sign-in asks for a code too; null: it does not. */
  secondFactorAt: Date | null
  /** Sessions that hold now. */
  sessions: number
}

export interface OpenInvite {
  id: string
  email: string
  role: Role
  expiresAt: Date
  /** Who invited; null when that user is gone or it was the command line. */
  invitedBy: string | null
}

export interface UserList {
  users: UserRow[]
  invites: OpenInvite[]
  isSecondFactorRequired: boolean
}

/** Everybody who can sign in, the invitations that still hold, and whether all must have a second factor. Four queries. */
export async function listUsers(ctx: Ctx): Promise<UserList> {
  authorize(ctx, 'manage users')
  const now = new Date()
  const [users, sessions, invites, isRequired] = await read((tx) =>
    Promise.all([
      tx.user.findMany({
        select: {
          id: true,
          name: true,
          email: true,
          role: true,
          hostTags: true,
          secondFactorAt: true,
          createdAt: true,
        },
        orderBy: [{ name: 'asc' }, { email: 'asc' }],
      }),
      tx.session.groupBy({ by: ['userId'], where: { expiresAt: { gt: now } }, _count: true }),
      tx.oneTimeLink.findMany({
        where: { purpose: 'invite', usedAt: null, expiresAt: { gt: now } },
        select: { id: true, email: true, role: true, expiresAt: true, createdBy: true },
        orderBy: { expiresAt: 'asc' },
      }),
      isSecondFactorRequired(tx),
    ]),
  )
  const sessionsOf = new Map(sessions.map((row) => [row.userId, row._count]))
  const nameOf = new Map(users.map((user) => [user.id, user.name]))
  return {
    isSecondFactorRequired: isRequired,
    users: users.map((user) => ({
      ...user,
      role: asRole(user.role),
      hostTags: parseHostTags(user.hostTags),
      sessions: sessionsOf.get(user.id) ?? 0,
    })),
    invites: invites.map(({ id, email, role, expiresAt, createdBy }) => ({
      id,
      email: email ?? '',
      role: asRole(role),
      expiresAt,
      invitedBy: nameOf.get(createdBy ?? '') ?? null,
    })),
  }
}

/** Reads a stored role. The column holds nothing else; a foreign word gives the least. */
export function asRole(text: string | null): Role {
  return roles.find((role) => role === text) ?? 'viewer'
}
