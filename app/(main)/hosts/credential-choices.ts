import type { Ctx } from '@/lib/auth/actor'
import { listCredentials } from '@/lib/inventory/list-credentials'
import { credentialWords } from './credential-words'
import type { CredentialChoice } from './new/credential-fields'

/** The credentials that a host's form offers, with what each is in words. */
export async function credentialChoices(ctx: Ctx): Promise<CredentialChoice[]> {
  const credentials = await listCredentials(ctx)
  return credentials.map((credential) => ({
    id: credential.id,
    name: credential.name,
    what: credentialWords(credential),
  }))
}
