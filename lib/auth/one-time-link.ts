import { createHash, randomBytes } from 'node:crypto'
import { writeAudit } from '@/lib/audit/write-audit'
import { type Tx, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/log'
import { type Ctx, type Role, systemCtx } from './actor'

export type LinkPurpose = 'first-admin' | 'invite' | 'reset'

export interface IssuedLink {
  /** 256 bits, base64url; shown once and kept nowhere. */
  token: string
  expiresAt: Date
}

const lifetimeMs = 30 * 60_000

/** A new link for the first admin, good once and for 30 minutes; null as soon as there is a user. Earlier ones end. */
export function issueFirstAdminLink(ctx: Ctx = systemCtx(newRequestId())): Promise<IssuedLink | null> {
  return work(async (tx) => {
    if ((await tx.user.count()) > 0) return null
    await tx.oneTimeLink.deleteMany({ where: { purpose: 'first-admin' } })
    const issued = await issueLink(tx, { purpose: 'first-admin', role: 'admin' })
    await writeAudit(tx, ctx, { verb: 'make first-admin link', object: 'user', label: 'the first admin' })
    return issued
  })
}

/** Keeps a link's hash and returns its token. */
export async function issueLink(
  tx: Tx,
  {
    hostTags = [],
    ...link
  }: {
    purpose: LinkPurpose
    role?: Role
    hostTags?: readonly string[]
    email?: string
    userId?: string
    createdBy?: string
  },
): Promise<IssuedLink> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + lifetimeMs)
  await tx.oneTimeLink.create({
    data: { ...link, hostTags: JSON.stringify(hostTags), tokenHash: hashOf(token), expiresAt },
  })
  return { token, expiresAt }
}

/**
 * Uses up a link in the caller's transaction. Of two at the same time one wins.
 * Throws AppError `expired` for an unknown, used or old one, always with the same words.
 */
export async function takeLink(tx: Tx, token: string, purpose: LinkPurpose) {
  const tokenHash = hashOf(token)
  const now = new Date()
  const { count } = await tx.oneTimeLink.updateMany({
    where: { tokenHash, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  if (count !== 1)
    throw new AppError('expired', `expected a ${purpose} link that holds, got another`, {
      userMessage: wayOn[purpose],
    })
  return tx.oneTimeLink.findUniqueOrThrow({ where: { tokenHash } })
}

const wayOn: Readonly<Record<LinkPurpose, string>> = {
  'first-admin':
    'This link was used already, or is older than 30 minutes. On the machine that runs Pollux, npm run link prints a new one while there are no users.',
  invite: 'This invitation was used already, or is older than 30 minutes. Ask for a new one.',
  reset:
    'This link was used already, or is older than 30 minutes. Ask an admin, or run npm run reset-user on the machine.',
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
