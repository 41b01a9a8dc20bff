import { z } from 'zod'
import type { Tx } from '@/lib/db'
import { fieldError } from '@/lib/errors/parse-input'
import {
  addressField,
  hostKinds,
  hostNameField,
  loginField,
  notesField,
  portField,
  privileges,
  sshProfiles,
  tagsField,
} from './fields'
import { withPort } from './host-address'

/** How a host is reached and entered: the admin's to say, and what the pinned key was confirmed for. */
export const HostIdentity = z.object({
  address: addressField,
  port: portField,
  login: loginField,
  credentialId: z.string('Choose a credential.').min(1, 'Choose a credential.'),
  privilege: z.enum(privileges, 'Choose what the login may do.'),
  jumpHostId: z.string().min(1).nullable(),
  sshProfile: z.enum(sshProfiles),
})
export type HostIdentity = z.infer<typeof HostIdentity>

/** What a host is called and what it is. */
export const HostDescription = z.object({
  name: hostNameField,
  kind: z.enum(hostKinds, 'Choose what kind of host this is.'),
  hypervisorId: z.string().min(1).nullable(),
  tags: tagsField,
  notes: notesField,
})
export type HostDescription = z.infer<typeof HostDescription>

/** Each hop is a connection inside a connection; nobody needs more. */
export const longestWay = 5

/** Throws AppError `invalid` when the name is taken or the hypervisor cannot be one. */
export async function checkDescription(
  tx: Tx,
  wanted: Pick<HostDescription, 'name' | 'kind' | 'hypervisorId'>,
  hostId: string | null,
): Promise<void> {
  const others = await tx.host.findMany({ where: { id: { not: hostId ?? '' } }, select: { id: true, name: true } })
  const same = others.find((other) => other.name.toLowerCase() === wanted.name.toLowerCase())
  if (same) throw fieldError('name', `There is a host called ${same.name} already. Give this one another name.`)
  if (wanted.hypervisorId === null) return
  if (wanted.kind !== 'vm') throw fieldError('hypervisorId', 'Only a VM runs on a hypervisor.')
  if (!others.some((other) => other.id === wanted.hypervisorId))
    throw fieldError('hypervisorId', 'The hypervisor is another host of the inventory. Choose one from the list.')
}

/** Throws AppError `invalid` when another host stands there already, the credential is gone, or the way does not lead anywhere. */
export async function checkIdentity(tx: Tx, wanted: HostIdentity, hostId: string | null): Promise<void> {
  const all = await tx.host.findMany({ select: { id: true, name: true, address: true, port: true, jumpHostId: true } })
  const same = all.find(
    (other) =>
      other.id !== hostId &&
      other.address === wanted.address &&
      other.port === wanted.port &&
      other.jumpHostId === wanted.jumpHostId,
  )
  if (same) {
    const place = withPort(wanted.address, wanted.port)
    throw fieldError('address', `${same.name} has ${place} already. One host has one entry.`)
  }
  const credential = await tx.credential.findUnique({ where: { id: wanted.credentialId }, select: { id: true } })
  if (!credential) throw fieldError('credentialId', 'This credential does not exist any more. Choose another one.')
  checkWay(wanted.jumpHostId, hostId, all)
}

type Hop = { id: string; name: string; jumpHostId: string | null }

function checkWay(jumpHostId: string | null, hostId: string | null, all: readonly Hop[]): void {
  const way: string[] = []
  for (let next = jumpHostId; next !== null; ) {
    const jump = all.find((other) => other.id === next)
    if (!jump) throw fieldError('jumpHostId', 'This jump host is not in the inventory any more. Choose another one.')
    way.push(jump.name)
    if (jump.id === hostId)
      throw fieldError(
        'jumpHostId',
        `The way comes back to this host: ${way.join(', then ')}. Choose another jump host.`,
      )
    if (way.length > longestWay)
      throw fieldError('jumpHostId', `The way goes through more than ${longestWay} hosts: ${way.join(', then ')}.`)
    next = jump.jumpHostId
  }
}
