import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { type Actor, type Role, roles } from './actor'
import { parseHostTags, scopesOf } from './host-scope'
import { lowerRole } from './rights'
import { isSecondFactorRequired } from './second-factor/required'

/** What an API token looks like: a word by which secret scanners and people know it, and 256 random bits. */
const tokenText = 'pollux_[A-Za-z0-9_-]{43}'
const inHeader = new RegExp(`^Bearer (${tokenText})$`)
const anywhere = new RegExp(tokenText)

/** Seconds between two notes of the last use: a token that is used a hundred times a minute must not write as often. */
const noteEveryS = 60

/** A new token and the hash under which it is kept. */
export function newApiToken(): { token: string; tokenHash: string } {
  const token = `pollux_${randomBytes(32).toString('base64url')}`
  return { token, tokenHash: hashOf(token) }
}

/** Whether a text, such as an address, holds what looks like an API token, in any spelling of an address. */
export function holdsApiToken(text: string): boolean {
  if (anywhere.test(text)) return true
  try {
    return anywhere.test(decodeURIComponent(text))
  } catch {
    return false
  }
}

export interface TokenActor {
  tokenId: string
  actor: Actor & { kind: 'user' }
}

const Kept = z.object({ role: z.enum(roles), user: z.object({ role: z.enum(roles) }) })

/**
 * Who an Authorization header (RFC 6750) stands for: the token's owner, with the lower of both roles and bound by both
 * lists of tags. Null without a token that holds. Throws AppError `forbidden` for an owner who must set up a second
 * factor first.
 */
export async function findTokenActor(authorization: string | null, now = new Date()): Promise<TokenActor | null> {
  const token = inHeader.exec(authorization ?? '')?.[1]
  if (token === undefined) return null
  const kept = await read((tx) =>
    tx.apiToken.findUnique({ where: { tokenHash: hashOf(token) }, include: { user: true } }),
  )
  const known = Kept.safeParse(kept)
  if (!kept || !known.success || kept.expiresAt <= now || kept.user.banned) return null
  if (!kept.user.secondFactorAt && (await read(isSecondFactorRequired)))
    throw new AppError('forbidden', `expected a second factor of the owner of token ${kept.id}, found none`, {
      userMessage: 'An admin asks everybody for a second factor. The owner of this token sets one up first.',
    })
  await noteUse(kept, now)
  return { tokenId: kept.id, actor: actorOf(kept, lowerRole(known.data.role, known.data.user.role)) }
}

interface KeptToken {
  id: string
  name: string
  hostTags: string
  lastUsedAt: Date | null
  user: { id: string; name: string; role: string; hostTags: string }
}

function actorOf({ name, hostTags, user }: KeptToken, role: Role): Actor & { kind: 'user' } {
  const own = user.role === 'operator' ? parseHostTags(user.hostTags) : []
  const hostScopes = scopesOf(own, parseHostTags(hostTags))
  // What it does stands under its owner's id: asking with a token and approving with another is one person.
  return {
    kind: 'user',
    id: user.id,
    name: `${user.name} (token ${name})`,
    role,
    ...(hostScopes.length > 0 ? { hostScopes } : {}),
  }
}

async function noteUse({ id, lastUsedAt }: KeptToken, now: Date): Promise<void> {
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < noteEveryS * 1000) return
  await work((tx) => tx.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } }))
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
