import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { refuseTakenName } from './create-credential'
import { credentialNameField } from './fields'
import { credentialNotFound } from './not-found'

export const RenameCredentialInput = z.object({ credentialId: z.string(), name: credentialNameField })

/** Gives a credential another name. Nothing else about a credential can be edited: a new secret is a new credential. */
export async function renameCredential(ctx: Ctx, input: z.input<typeof RenameCredentialInput>): Promise<void> {
  authorize(ctx, 'use credentials')
  const { credentialId, name } = parseInput(RenameCredentialInput, input)
  await work(async (tx) => {
    const credential = await tx.credential.findUnique({ where: { id: credentialId }, select: { name: true } })
    if (!credential) throw credentialNotFound(credentialId)
    await refuseTakenName(tx, name, credentialId)
    await tx.credential.update({ where: { id: credentialId }, data: { name } })
    await writeAudit(tx, ctx, {
      verb: 'rename credential',
      object: 'credential',
      objectId: credentialId,
      label: name,
      detail: { before: credential.name },
    })
  })
}
