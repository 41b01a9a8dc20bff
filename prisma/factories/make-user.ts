import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { Role } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'

export interface UserSeed {
  name?: string
  email?: string
  role?: Role
  /** With one, the user can sign in by it. */
  password?: string
}

/** Makes a user, an admin unless told otherwise. */
export async function makeUser(tx: Tx, seed: UserSeed = {}) {
  const id = randomUUID()
  const name = seed.name ?? `User ${id.slice(0, 4)}`
  const user = await tx.user.create({
    data: {
      id,
      name,
      email: seed.email ?? `${id.slice(0, 8)}@example.org`,
      emailVerified: true,
      role: seed.role ?? 'admin',
    },
  })
  if (seed.password !== undefined)
    await tx.account.create({
      data: {
        id: randomUUID(),
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: await hash(seed.password),
      },
    })
  return user
}
