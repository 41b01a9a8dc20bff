import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { Role } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { fieldError } from '@/lib/errors/parse-input'

/** Writes a person with a password (hashed beforehand, since that takes a while) as the authentication library expects it. */
export async function createAccount(
  tx: Tx,
  person: { name: string; email: string; role: Role; hostTags?: string; passwordHash: string },
): Promise<string> {
  const taken = await tx.user.findUnique({ where: { email: person.email }, select: { id: true } })
  if (taken) throw fieldError('email', 'Somebody with this address is a user already.')
  const id = randomUUID()
  await tx.user.create({
    data: {
      id,
      name: person.name,
      email: person.email,
      emailVerified: true,
      role: person.role,
      hostTags: person.hostTags,
    },
  })
  await tx.account.create({
    data: { id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password: person.passwordHash },
  })
  return id
}

/** Argon2id with the library's defaults (OWASP's first choice). */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}
