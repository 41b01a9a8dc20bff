import { AppError } from '@/lib/errors'
import type { Actor, Ctx, Role } from './actor'

/** Every right there is, with the lowest role that has it. */
const lowestRole = {
  'read inventory': 'viewer',
  'read changes': 'viewer',
  'read backups': 'viewer',
  'read facts anew': 'operator',
  'plan a change': 'operator',
  'approve a change': 'operator',
  'apply a change': 'operator',
  'revert a change': 'operator',
  'edit host notes': 'operator',
  'operate backups': 'operator',
  'edit host identity': 'admin',
  'edit catalogs': 'admin',
  'break a lock': 'admin',
  'remove files from a host': 'admin',
  'use credentials': 'admin',
  'manage users': 'admin',
  'read audit': 'admin',
  'edit settings': 'admin',
} as const satisfies Record<string, Role>

export type Right = keyof typeof lowestRole

/** The keys of the table: exactly the rights. */
const allRights = Object.keys(lowestRole) as readonly Right[]

/** The right of that name, if there is one. */
export function findRight(name: string): Right | null {
  return allRights.find((right) => right === name) ?? null
}

/** The lowest role that has a right. */
export function lowestRoleOf(right: Right): Role {
  return lowestRole[right]
}

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 }

/** The lower of two roles. */
export function lowerRole(one: Role, other: Role): Role {
  return rank[one] <= rank[other] ? one : other
}

/** Whether the actor has the right. The process itself has all but none of a person's decisions is made by it. */
export function can(actor: Actor, right: Right): boolean {
  if (actor.kind === 'system') return actor.name !== 'nobody'
  return rank[actor.role] >= rank[lowestRole[right]]
}

/** Throws AppError `forbidden` unless the actor has the right; every write verb begins with it. */
export function authorize(ctx: Ctx, right: Right): void {
  if (can(ctx.actor, right)) return
  throw new AppError('forbidden', `expected the right '${right}', got ${actorText(ctx.actor)}`, {
    userMessage: `Your role does not allow this (${right}). It takes the role ${lowestRole[right]}.`,
    data: { right, needs: lowestRole[right] },
  })
}

function actorText(actor: Actor): string {
  return actor.kind === 'user' ? `${actor.name}, ${actor.role}` : actor.name
}
