import { read, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Actor, Ctx } from './actor'

/**
 * Which hosts a person may touch: for each list, those with one of its tags. None means all hosts. A person has one
 * list, an API token may narrow it by another.
 */
export type HostScopes = readonly (readonly string[])[]

/** The tags as they are kept in a column. What cannot be read stops: it must not widen to all hosts. */
export function parseHostTags(text: string): string[] {
  const tags: unknown = JSON.parse(text)
  if (Array.isArray(tags) && tags.every((tag): tag is string => typeof tag === 'string')) return tags
  throw new AppError('internal', `expected a list of tags, got ${text}`)
}

/** The scopes of lists of tags; an empty list bounds nothing. */
export function scopesOf(...lists: readonly (readonly string[])[]): HostScopes {
  return lists.filter((tags) => tags.length > 0)
}

/** Whether some hosts are out of bounds for the actor. */
export function isBound(actor: Actor): boolean {
  return actor.kind === 'user' && (actor.hostScopes ?? []).length > 0
}

/** Whether a host with these tags is one that the actor may touch, his role aside. */
export function mayTouch(actor: Actor, tags: readonly string[]): boolean {
  if (actor.kind !== 'user') return true
  return (actor.hostScopes ?? []).every((scope) => scope.some((tag) => tags.includes(tag)))
}

/**
 * Throws AppError `forbidden` unless each of these hosts is one that the actor may touch. Every verb that plans,
 * decides, changes or reads a host anew asks it beside the right; `tx` is the unit of work that is open, if one is. A
 * host that is not in the inventory (any more) is nobody's who is bound.
 */
export async function authorizeHosts(ctx: Ctx, hostIds: readonly string[], tx?: Tx): Promise<void> {
  const sentence = (await outOfScope(ctx, hostIds, tx)).values().next().value
  if (sentence !== undefined)
    throw new AppError('forbidden', `expected hosts within ${JSON.stringify(scopesOfActor(ctx.actor))}: ${sentence}`, {
      userMessage: sentence,
      data: { right: 'touch hosts beyond his tags' },
    })
}

/** The sentence per host that the actor may not touch; for verbs that say it per host and go on with the others. */
export async function outOfScope(ctx: Ctx, hostIds: readonly string[], tx?: Tx): Promise<Map<string, string>> {
  const { actor } = ctx
  if (!isBound(actor)) return new Map()
  const ask = (db: Tx) =>
    db.host.findMany({
      where: { id: { in: [...hostIds] } },
      select: { id: true, name: true, tags: { select: { tag: true } } },
    })
  const hosts = new Map((await (tx ? ask(tx) : read(ask))).map((host) => [host.id, host]))
  const refused = new Map<string, string>()
  for (const id of hostIds) {
    const host = hosts.get(id)
    const tags = host?.tags.map((row) => row.tag) ?? []
    if (!host || !mayTouch(actor, tags)) refused.set(id, notYours(actor, host?.name ?? 'A host that is gone'))
  }
  return refused
}

/** Why the actor may not touch the host of that name. */
export function notYours(actor: Actor, name: string): string {
  const lists = scopesOfActor(actor).map((tags) => tags.join(' or '))
  return `${name} is not among your hosts: they are those tagged ${lists.join(', and ')}.`
}

function scopesOfActor(actor: Actor): HostScopes {
  return actor.kind === 'user' ? (actor.hostScopes ?? []) : []
}
