import type { Ctx } from '@/lib/auth/actor'
import { type CredentialRow, listCredentials } from './list-credentials'
import { credentialNotFound } from './not-found'

/** One credential with the hosts that use it. Throws `not-found`. */
export async function getCredential(ctx: Ctx, credentialId: string): Promise<CredentialRow> {
  const credential = (await listCredentials(ctx)).find((row) => row.id === credentialId)
  if (!credential) throw credentialNotFound(credentialId)
  return credential
}
