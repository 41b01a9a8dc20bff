import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { hostNotFound } from '@/lib/inventory/not-found'
import { recordReach } from '@/lib/inventory/record-reach'
import { sshTargetOf } from '@/lib/inventory/target-of'
import { tiers } from './probes-of'
import { writeReadings } from './store-readings'
import { takeReading } from './take-reading'

export const ReadHostInput = z.object({ hostId: z.string(), tier: z.enum(tiers).default('deep') })

export interface ReadHostResult {
  takenAt: Date
  durationMs: number
  roundTrips: number
}

/** Reads one host now and stores what was found. Throws what lib/ssh throws when it is out of reach, after keeping that. */
export async function readHost(ctx: Ctx, input: z.input<typeof ReadHostInput>): Promise<ReadHostResult> {
  authorize(ctx, 'read facts anew')
  const { hostId, tier } = parseInput(ReadHostInput, input)
  await authorizeHosts(ctx, [hostId])
  const target = await sshTargetOf(hostId)
  const isPerson = ctx.actor.kind === 'user'
  try {
    const reading = await takeReading(target, tier, { isUrgent: isPerson })
    await work(async (tx) => {
      await writeReadings(tx, [{ ok: true, reading }])
      const host = await tx.host.findUnique({ where: { id: hostId }, select: { name: true } })
      if (!host) throw hostNotFound(hostId)
      // The schedule's readings are counted in the process's log, not one by one in the record of people's deeds.
      if (isPerson)
        await writeAudit(tx, ctx, {
          verb: 'read host',
          object: 'host',
          objectId: hostId,
          label: host.name,
          detail: { tier },
        })
    })
    const { takenAt, durationMs, roundTrips } = reading
    return { takenAt, durationMs, roundTrips }
  } catch (error) {
    await recordReach(hostId, error)
    throw error
  }
}
