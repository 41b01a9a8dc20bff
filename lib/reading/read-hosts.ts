import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { outOfScope } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { sshTargetsOf } from '@/lib/inventory/target-of'
import { logError } from '@/lib/log'
import type { SshTarget } from '@/lib/ssh'
import { type Tier, tiers } from './probes-of'
import { ReadingWriter } from './reading-writer'
import { takeReading } from './take-reading'

export const ReadHostsInput = z.object({
  hostIds: z.array(z.string()).min(1, 'Choose at least one host.').max(2000),
  tier: z.enum(tiers).default('deep'),
})

export type HostRead = { hostId: string; ok: true; durationMs: number } | { hostId: string; ok: false; problem: string }

/** Reads many hosts at once and stores each soon after it ends; what fails is said per host and keeps nobody else waiting. */
export async function readHosts(ctx: Ctx, input: z.input<typeof ReadHostsInput>): Promise<HostRead[]> {
  authorize(ctx, 'read facts anew')
  const { hostIds, tier } = parseInput(ReadHostsInput, input)
  const refused = await outOfScope(ctx, hostIds)
  const own = hostIds.filter((id) => !refused.has(id))
  const results = [
    ...(await readEach(ctx, await sshTargetsOf(own), tier)),
    ...[...refused].map(([hostId, problem]): HostRead => ({ hostId, ok: false, problem })),
  ]
  if (ctx.actor.kind === 'user') {
    const read = results.filter((result) => result.ok).length
    const label = results.length === 1 ? '1 host' : `${results.length} hosts`
    const detail = { tier, read, failed: results.length - read, hostIds: results.map((result) => result.hostId) }
    await work((tx) => writeAudit(tx, ctx, { verb: 'read hosts', object: 'host', label, detail }))
  }
  return results
}

/** Reads every host of the inventory; the schedule's way. A host without a confirmed key is passed over. */
export async function readAllHosts(ctx: Ctx, options: { tier: Tier; signal?: AbortSignal }): Promise<HostRead[]> {
  authorize(ctx, 'read facts anew')
  const hosts = await read((tx) =>
    tx.host.findMany({ where: { keys: { some: { state: 'pinned' } } }, select: { id: true } }),
  )
  return readEach(ctx, await sshTargetsOf(hosts.map((host) => host.id)), options.tier, options.signal)
}

async function readEach(
  ctx: Ctx,
  targets: ReadonlyMap<string, SshTarget | AppError>,
  tier: Tier,
  signal?: AbortSignal,
): Promise<HostRead[]> {
  const asked = [...targets.values()].filter((target) => !(target instanceof AppError))
  const writer = new ReadingWriter(asked.length)
  const isUrgent = ctx.actor.kind === 'user'
  return Promise.all(
    [...targets].map(async ([hostId, target]): Promise<HostRead> => {
      if (target instanceof AppError) return { hostId, ok: false, problem: target.userMessage ?? target.message }
      try {
        const reading = await takeReading(target, tier, { isUrgent, signal })
        await writer.add({ ok: true, reading })
        return { hostId, ok: true, durationMs: reading.durationMs }
      } catch (error) {
        await writer.add({ ok: false, hostId, error })
        return { hostId, ok: false, problem: problemOf(ctx, error) }
      }
    }),
  )
}

function problemOf(ctx: Ctx, error: unknown): string {
  if (isAppError(error) && error.userMessage) return error.userMessage
  return `The reading failed. The log tells more under ${logError(ctx, error)}.`
}
