import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { sealSudoPassword } from './credential-secret'
import { sudoPasswordField } from './fields'
import { checkDescription, checkIdentity, HostDescription, HostIdentity } from './host-identity'

export const AddHostInput = z.object({
  ...HostIdentity.shape,
  ...HostDescription.shape,
  /** Only where sudo asks for another one than the login's. */
  sudoPassword: sudoPasswordField.optional(),
})

/** Puts a host into the inventory, without a pinned key: nothing is sent to it before a person confirmed one. */
export async function addHost(ctx: Ctx, input: z.input<typeof AddHostInput>): Promise<{ hostId: string }> {
  authorize(ctx, 'edit host identity')
  const wanted = parseInput(AddHostInput, input)
  return work(async (tx) => ({ hostId: await insertHost(tx, ctx, wanted) }))
}

/** The part of adding that many hosts at once share. Runs inside the caller's transaction. */
export async function insertHost(tx: Tx, ctx: Ctx, wanted: z.output<typeof AddHostInput>): Promise<string> {
  await checkDescription(tx, wanted, null)
  await checkIdentity(tx, wanted, null)
  const { tags, sudoPassword, ...columns } = wanted
  const id = randomUUID()
  const sealedSudo = wanted.privilege === 'sudo' && sudoPassword ? sealSudoPassword(id, sudoPassword) : null
  await tx.host.create({ data: { id, ...columns, sealedSudo, tags: { create: tags.map((tag) => ({ tag })) } } })
  const { name, notes: _notes, ...detail } = columns
  await writeAudit(tx, ctx, {
    verb: 'add host',
    object: 'host',
    objectId: id,
    label: name,
    detail: { ...detail, tags, sudoPassword: sealedSudo ? 'set' : 'none' },
  })
  return id
}
