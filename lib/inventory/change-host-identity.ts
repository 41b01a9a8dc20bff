import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { type Tx, work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { changedFields } from './changed-fields'
import { sealSudoPassword } from './credential-secret'
import { sudoPasswordField } from './fields'
import { checkIdentity, HostIdentity } from './host-identity'
import { hostNotFound } from './not-found'
import { refuseOldVersion } from './refuse-old-version'
import { refuseWhileChanging } from './refuse-while-changing'

/** Fields left out stay as they are. `version` is that of the host the form was filled from. */
export const ChangeHostIdentityInput = HostIdentity.partial().extend({
  hostId: z.string(),
  version: z.number().int(),
  /** Empty takes the stored one away; left out keeps it. */
  sudoPassword: sudoPasswordField.optional(),
})

/**
 * Changes where a host is or how it is entered. The pinned keys are retired and every host behind this one as a
 * jump host is reached through it only after a person confirmed its key anew: else whoever may edit an address
 * could point it at a machine of his own and collect the password.
 */
export async function changeHostIdentity(
  ctx: Ctx,
  input: z.input<typeof ChangeHostIdentityInput>,
): Promise<{ pinDropped: boolean }> {
  authorize(ctx, 'edit host identity')
  const { hostId, version, sudoPassword, ...wished } = parseInput(ChangeHostIdentityInput, input)
  return work(async (tx) => {
    const before = await identified(tx, hostId)
    refuseOldVersion(before, version)
    await refuseWhileChanging(tx, hostId, before.name)
    const after = parseInput(HostIdentity, { ...before, ...wished })
    await checkIdentity(tx, after, hostId)
    const changes = changedFields(before, after)
    const pinDropped = Object.keys(changes).length > 0
    const sudo = sealedSudo(hostId, after.privilege, sudoPassword, before.sealedSudo !== null)
    if (!pinDropped && sudo === undefined) return { pinDropped }
    if (pinDropped) await dropPins(tx, hostId)
    const contact = pinDropped ? { reach: 'unread', reachDetail: null, reachAt: null } : {}
    await tx.host.update({
      where: { id: hostId },
      data: { ...after, ...contact, sealedSudo: sudo, version: { increment: 1 } },
    })
    const detail = { changes, ...(sudo === undefined ? {} : { sudoPassword: sudo === null ? 'removed' : 'set' }) }
    await writeAudit(tx, ctx, {
      verb: 'change host identity',
      object: 'host',
      objectId: hostId,
      label: before.name,
      detail,
    })
    return { pinDropped }
  })
}

async function dropPins(tx: Tx, hostId: string): Promise<void> {
  await tx.hostKey.deleteMany({ where: { hostId, state: 'offered' } })
  await tx.hostKey.updateMany({ where: { hostId, state: 'pinned' }, data: { state: 'retired' } })
}

/** New bytes, null to take it away, undefined to leave it. */
function sealedSudo(
  hostId: string,
  privilege: string,
  typed: string | undefined,
  isSet: boolean,
): Uint8Array<ArrayBuffer> | null | undefined {
  if (privilege !== 'sudo' || typed === '') return isSet ? null : undefined
  return typed === undefined ? undefined : sealSudoPassword(hostId, typed)
}

async function identified(tx: Tx, hostId: string) {
  const host = await tx.host.findUnique({
    where: { id: hostId },
    select: { name: true, version: true, sealedSudo: true, ...identityColumns },
  })
  if (!host) throw hostNotFound(hostId)
  return host
}

const identityColumns = {
  address: true,
  port: true,
  login: true,
  credentialId: true,
  privilege: true,
  jumpHostId: true,
  sshProfile: true,
} as const
