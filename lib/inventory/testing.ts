import { createHash, randomBytes } from 'node:crypto'
import type { Ctx, Role } from '@/lib/auth/actor'
import type { PrismaClient } from '@/prisma/generated/client/client'

/** A person with a role, for the tests of verbs. */
export function someone(role: Role): Ctx {
  return { actor: { kind: 'user', id: `id-of-${role}`, name: `the ${role}`, role }, requestId: 'test' }
}

/** A host key that no host has: random bytes in the shape of one. */
export function someKey(algorithm = 'ssh-ed25519') {
  const key = randomBytes(32)
  const fingerprint = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
  return { algorithm, key: key.toString('base64'), fingerprint }
}

/** The newest audit row, with its detail read. */
export async function lastAudit(db: PrismaClient) {
  const row = await db.auditRow.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const { verb, object, objectId, label, outcome, actor } = row
  return { verb, object, objectId, label, outcome, actor, detail: row.detail }
}

/** The AppError a verb threw, or an error when it did not throw. */
export async function refusalOf(
  run: Promise<unknown>,
): Promise<{ code?: string; userMessage?: string; fields?: Record<string, string> }> {
  return run.then(
    () => Promise.reject(new Error('expected a refusal, got none')),
    (error: unknown) => (typeof error === 'object' && error !== null ? error : {}),
  )
}
