import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldError, parseInput } from '@/lib/errors/parse-input'
import { sshPool } from '@/lib/ssh'
import { nameList } from './name-list'
import { hostNotFound } from './not-found'
import { refuseWhileChanging } from './refuse-while-changing'

/** `typedName` is the host's name as the person typed it to go on. */
export const RemoveHostInput = z.object({ hostId: z.string(), typedName: z.string() })

/**
 * Takes a host out of the inventory, with its keys, its readings and the failover pairs it is in. Nothing is touched on the host; its changes stay in the record.
 * Throws `conflict` while other hosts or catalogs are reached through it, `locked` while a change runs on it.
 */
export async function removeHost(ctx: Ctx, input: z.input<typeof RemoveHostInput>): Promise<void> {
  authorize(ctx, 'edit host identity')
  const { hostId, typedName } = parseInput(RemoveHostInput, input)
  await work(async (tx) => {
    const host = await tx.host.findUnique({
      where: { id: hostId },
      select: {
        name: true,
        address: true,
        port: true,
        jumpedBy: { select: { name: true }, orderBy: { name: 'asc' } },
        reaches: { select: { name: true }, orderBy: { name: 'asc' } },
      },
    })
    if (!host) throw hostNotFound(hostId)
    if (typedName.trim() !== host.name) throw fieldError('typedName', `Type ${host.name} to go on.`)
    const behind = host.jumpedBy.map((other) => other.name)
    if (behind.length > 0) {
      throw new AppError('conflict', `expected no host behind ${host.name}, got ${behind.length}`, {
        userMessage: `${nameList(behind)} ${behind.length === 1 ? 'is' : 'are'} reached through ${host.name}. Give ${behind.length === 1 ? 'it' : 'them'} another way first.`,
        data: { hosts: behind },
      })
    }
    if (host.reaches.length > 0) {
      const catalogs = host.reaches.map((catalog) => catalog.name)
      throw new AppError('conflict', `expected no catalog behind ${host.name}, got ${catalogs.length}`, {
        userMessage: `The ${catalogs.length === 1 ? 'catalog' : 'catalogs'} ${nameList(catalogs)} ${catalogs.length === 1 ? 'is' : 'are'} read through ${host.name}. Remove ${catalogs.length === 1 ? 'it' : 'them'} first, or give ${catalogs.length === 1 ? 'it' : 'them'} another way.`,
        data: { catalogs },
      })
    }
    await refuseWhileChanging(tx, hostId, host.name)
    const pairs = await tx.failoverPair.findMany({
      where: { OR: [{ activeHostId: hostId }, { standbyHostId: hostId }] },
      select: { address: true },
      orderBy: { address: 'asc' },
    })
    await tx.host.delete({ where: { id: hostId } })
    const { address, port } = host
    await writeAudit(tx, ctx, {
      verb: 'remove host',
      object: 'host',
      objectId: hostId,
      label: host.name,
      detail: { address, port, pairs: pairs.map((pair) => pair.address) },
    })
  })
  await sshPool().close(hostId)
}
