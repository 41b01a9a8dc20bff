import type { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { hostNotFound } from '@/lib/inventory/not-found'
import { refuseWhileChanging } from '@/lib/inventory/refuse-while-changing'
import { footprintExit, removeFootprintScript } from './on-host/footprint-script'
import { FootprintInput, onHost } from './read-footprint'

/**
 * Removes all that Pollux left on a host, also its lock and what another installation left: so it is the admin's. Old
 * changes can no longer be undone there by hand. Throws AppError `not-found`, `locked` while a change is under way.
 */
export async function removeFootprint(ctx: Ctx, input: z.input<typeof FootprintInput>): Promise<void> {
  authorize(ctx, 'remove files from a host')
  const { hostId } = parseInput(FootprintInput, input)
  const host = await work(async (tx) => {
    const found = await tx.host.findUnique({ where: { id: hostId }, select: { name: true } })
    if (found) await refuseWhileChanging(tx, hostId, found.name)
    return found
  })
  if (!host) throw hostNotFound(hostId)
  const result = await onHost(hostId, removeFootprintScript())
  const said = result.stdout.toString('utf8').trim()
  if (result.exitCode === footprintExit.busy)
    throw new AppError('locked', `expected no change under way on ${host.name}, got ${said}`, {
      userMessage: `A change is under way on ${host.name} (${said}). Nothing was removed. Wait until it has ended.`,
    })
  if (result.exitCode !== footprintExit.done)
    throw new AppError('apply-failed', `expected all to go, got exit ${result.exitCode}: ${result.stderr}`, {
      userMessage: `Not all could be removed from ${host.name}: ${result.stderr.trim().slice(0, 300) || 'it did not say why'}.`,
    })
  await work(async (tx) => {
    await tx.changeHost.updateMany({ where: { hostKeptId: hostId, state: 'ended' }, data: { directory: null } })
    await writeAudit(tx, ctx, { verb: 'remove files from host', object: 'host', objectId: hostId, label: host.name })
  })
}
