import { z } from 'zod'
import { seal, unseal } from '@/lib/secrets/seal'

const CredentialSecret = z.union([
  z.object({ privateKey: z.string(), passphrase: z.string().optional() }),
  z.object({ password: z.string() }),
])

/** What a credential keeps sealed. It leaves the server only as an SSH login. */
export type CredentialSecret = z.infer<typeof CredentialSecret>

export function sealCredential(credentialId: string, secret: CredentialSecret): Uint8Array<ArrayBuffer> {
  return seal(JSON.stringify(secret), { table: 'credential', row: credentialId, field: 'sealed' })
}

/** Throws AppError `internal` when the sealing key does not fit. */
export function openCredential(credentialId: string, sealed: Uint8Array): CredentialSecret {
  return CredentialSecret.parse(JSON.parse(unseal(sealed, { table: 'credential', row: credentialId, field: 'sealed' })))
}

/** The password that `sudo` asks for on one host. */
export function sealSudoPassword(hostId: string, password: string): Uint8Array<ArrayBuffer> {
  return seal(password, { table: 'host', row: hostId, field: 'sealedSudo' })
}

export function openSudoPassword(hostId: string, sealed: Uint8Array): string {
  return unseal(sealed, { table: 'host', row: hostId, field: 'sealedSudo' })
}
