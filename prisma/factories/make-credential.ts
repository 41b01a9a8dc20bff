import { randomUUID } from 'node:crypto'
import type { Tx } from '@/lib/db'
import { sealCredential } from '@/lib/inventory/credential-secret'

export interface CredentialSeed {
  name?: string
  /** An OpenSSH private key, with the public line that belongs to it. */
  privateKey?: string
  publicLine?: string
  fingerprint?: string
  /** Used when there is no private key. */
  password?: string
}

/** Makes a credential: the key it is given, else a password. Needs the sealing key of the store it goes to. */
export function makeCredential(tx: Tx, seed: CredentialSeed = {}) {
  const id = randomUUID()
  const isKey = seed.privateKey !== undefined
  const secret =
    seed.privateKey !== undefined ? { privateKey: seed.privateKey } : { password: seed.password ?? 'correct horse' }
  return tx.credential.create({
    data: {
      id,
      name: seed.name ?? `credential-${id.slice(0, 8)}`,
      kind: isKey ? 'key' : 'password',
      algorithm: isKey ? (seed.publicLine?.split(' ')[0] ?? 'ssh-ed25519') : null,
      publicLine: seed.publicLine ?? null,
      fingerprint: seed.fingerprint ?? null,
      sealed: sealCredential(id, secret),
    },
  })
}
