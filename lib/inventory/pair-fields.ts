import { z } from 'zod'
import { printAddress } from '@/lib/agent/ip-address'
import { readTyped } from '@/lib/agent/typed-address'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldError } from '@/lib/errors/parse-input'
import { pairText } from './pair-text'

/** As the kernel prints it: "192.0.2.81/32". */
const addressField = z.string('Type the address.').transform((typed, ctx) => {
  const read = readTyped(typed)
  if ('address' in read) return printAddress(read.address)
  ctx.addIssue({ code: 'custom', message: read.problem })
  return z.NEVER
})

const hostField = z.string('Choose a host.').min(1, 'Choose a host.').max(200)

const deviceField = z
  .string('Name the device, such as eth0.')
  .trim()
  .min(1, 'Name the device, such as eth0.')
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/, 'This is no name of a network device. Expected something like eth0.')

/** The two places of a failover IP, as a form says them. */
export const PairFields = z
  .object({
    address: addressField,
    activeHostId: hostField,
    activeDevice: deviceField,
    standbyHostId: hostField,
    standbyDevice: deviceField,
  })
  .refine((pair) => pair.activeHostId !== pair.standbyHostId, {
    path: ['standbyHostId'],
    message: 'Choose another host than the active one: a host is no standby for itself.',
  })

export type PairInput = z.input<typeof PairFields>

/** The columns of a pair. Address and prefix apart: two pairs of one address would contradict each other. */
export function pairColumns({ address: text, ...places }: z.output<typeof PairFields>) {
  const [address = '', prefix] = text.split('/')
  return { address, prefix: Number(prefix), ...places }
}

/**
 * Throws AppError `invalid` where a pair contradicts the inventory: a host that is gone, an address of which there is a
 * pair already, or one at which Pollux itself reaches a host. Returns the names of the two hosts.
 */
export async function checkPair(
  tx: Tx,
  pair: z.output<typeof PairFields>,
  pairId: string | null,
): Promise<{ active: string; standby: string }> {
  const { address } = pairColumns(pair)
  const hosts = await tx.host.findMany({
    where: { OR: [{ id: { in: [pair.activeHostId, pair.standbyHostId] } }, { address }] },
    select: { id: true, name: true, address: true },
  })
  const reached = hosts.find((host) => host.address === address)
  if (reached)
    throw fieldError(
      'address',
      `Pollux reaches ${reached.name} at ${address}. A failover IP is one besides the host’s own.`,
    )
  const nameOf = (field: 'activeHostId' | 'standbyHostId') => {
    const host = hosts.find((one) => one.id === pair[field])
    if (host) return host.name
    throw fieldError(field, 'This host is not in the inventory any more. Choose another.')
  }
  const names = { active: nameOf('activeHostId'), standby: nameOf('standbyHostId') }
  const other = await tx.failoverPair.findUnique({
    where: { address },
    include: { activeHost: { select: { name: true } }, standbyHost: { select: { name: true } } },
  })
  if (other && other.id !== pairId)
    throw fieldError(
      'address',
      `There is a pair of ${address} already: ${pairText(other.activeHost.name, other.standbyHost.name)}.`,
    )
  return names
}

export function pairNotFound(pairId: string): AppError {
  return new AppError('not-found', `expected a pair ${pairId}, found none`, {
    userMessage: 'This pair does not exist. It may have been removed, or one of its hosts.',
  })
}

/** Throws `conflict` when the pair was edited after the page was loaded. */
export function refuseOldPair(pair: { address: string; version: number }, version: number): void {
  if (pair.version === version) return
  throw new AppError('conflict', `expected version ${version} of the pair of ${pair.address}, got ${pair.version}`, {
    userMessage: `The pair of ${pair.address} was edited by somebody else meanwhile. Load the page again to see it.`,
  })
}
