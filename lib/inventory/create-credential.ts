import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { generateKeyPair, installCommand, parsePrivateKey } from '@/lib/ssh'
import { type CredentialSecret, sealCredential } from './credential-secret'
import { credentialNameField } from './fields'

export const CreateCredentialInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('generate'),
    name: credentialNameField,
    algorithm: z.enum(['ed25519', 'rsa-3072']),
  }),
  z.object({
    kind: z.literal('paste'),
    name: credentialNameField,
    privateKey: z
      .string()
      .trim()
      .min(1, 'Paste the private key, from -----BEGIN to -----END.')
      .max(20_000, 'This is too long for a private key.'),
    passphrase: z.string().max(1024).optional(),
  }),
  z.object({
    kind: z.literal('password'),
    name: credentialNameField,
    password: z.string().min(1, 'Type the password.').max(1024, 'A password has at most 1,024 characters.'),
  }),
])

export interface CreatedCredential {
  id: string
  name: string
  /** Of a key: the line for authorized_keys, and the command that puts it there. */
  publicLine: string | null
  installCommand: string | null
}

interface Made {
  secret: CredentialSecret
  algorithm: string | null
  fingerprint: string | null
  publicLine: string | null
}

/** Makes or takes over a credential and seals it. Throws `invalid` for a key that cannot be read or a name that is taken. */
export async function createCredential(
  ctx: Ctx,
  input: z.input<typeof CreateCredentialInput>,
): Promise<CreatedCredential> {
  authorize(ctx, 'use credentials')
  const wanted = parseInput(CreateCredentialInput, input)
  const made = await makeSecret(wanted)
  return work(async (tx) => {
    await refuseTakenName(tx, wanted.name)
    const id = randomUUID()
    const kind = wanted.kind === 'password' ? 'password' : 'key'
    const shown = { algorithm: made.algorithm, fingerprint: made.fingerprint, publicLine: made.publicLine }
    await tx.credential.create({
      data: { id, name: wanted.name, kind, ...shown, sealed: sealCredential(id, made.secret) },
    })
    await writeAudit(tx, ctx, {
      verb: 'create credential',
      object: 'credential',
      objectId: id,
      label: wanted.name,
      detail: { kind, origin: wanted.kind, algorithm: made.algorithm, fingerprint: made.fingerprint },
    })
    const command = made.publicLine === null ? null : installCommand(made.publicLine)
    return { id, name: wanted.name, publicLine: made.publicLine, installCommand: command }
  })
}

/** Names of credentials are unique whatever their case, so that nobody picks the wrong one from a list. */
export async function refuseTakenName(tx: Tx, name: string, exceptId?: string): Promise<void> {
  const all = await tx.credential.findMany({ select: { id: true, name: true } })
  const taken = all.find((other) => other.id !== exceptId && other.name.toLowerCase() === name.toLowerCase())
  if (taken) throw fieldError('name', `There is a credential called ${taken.name} already. Give this one another name.`)
}

async function makeSecret(wanted: z.infer<typeof CreateCredentialInput>): Promise<Made> {
  switch (wanted.kind) {
    case 'password':
      return { secret: { password: wanted.password }, algorithm: null, fingerprint: null, publicLine: null }
    case 'generate':
      return generatedKey(wanted.algorithm, wanted.name)
    case 'paste':
      return pastedKey(wanted.privateKey, wanted.passphrase || undefined)
  }
}

async function pastedKey(text: string, passphrase: string | undefined): Promise<Made> {
  const parsed = await parsePrivateKey(text, passphrase)
  const secret: CredentialSecret = { privateKey: `${text}\n`, ...(passphrase ? { passphrase } : {}) }
  return { secret, algorithm: parsed.algorithm, fingerprint: parsed.fingerprint, publicLine: parsed.publicLine }
}

async function generatedKey(algorithm: 'ed25519' | 'rsa-3072', name: string): Promise<Made> {
  const pair = await generateKeyPair(algorithm, `pollux-${name.replace(/[^A-Za-z0-9._-]+/g, '-')}`)
  const { publicLine, fingerprint } = pair
  return { secret: { privateKey: pair.privateKey }, algorithm: pair.algorithm, fingerprint, publicLine }
}
