import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { openPlan } from './plan-record'
import { type HostRun, hostRunsOf } from './run/host-run'

/**
 * The hosts of a change that runs, once the deed was written into the audit. Throws AppError `conflict` with the given
 * sentence when it does not run.
 */
export async function runningHosts(
  ctx: Ctx,
  changeId: number,
  deed: { verb: string; detail?: Record<string, unknown>; otherwise: string },
): Promise<HostRun[]> {
  const change = await read((tx) => tx.change.findUnique({ where: { id: changeId } }))
  if (change?.state !== 'applying')
    throw new AppError('conflict', `expected change ${changeId} to be applying, got ${change?.state}`, {
      userMessage: deed.otherwise,
    })
  await work((tx) =>
    writeAudit(tx, ctx, {
      verb: deed.verb,
      object: 'change',
      objectId: String(changeId),
      label: `#${changeId} ${change.title}`,
      detail: deed.detail,
    }),
  )
  return hostRunsOf(changeId, openPlan(change.sealedPlan))
}
