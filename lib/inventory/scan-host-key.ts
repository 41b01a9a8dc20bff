import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { parseInput } from '@/lib/errors/parse-input'
import { type PinnedKey, scanHostKeys } from '@/lib/ssh'
import { contradicts } from './key-state'
import { hostNotFound } from './not-found'
import { recordReach } from './record-reach'
import { storeOfferedKeys } from './store-offered-keys'
import { wayTo } from './target-of'

export const ScanHostKeyInput = z.object({ hostId: z.string() })

export interface ScannedKeys {
  /** What the host offers now. */
  offered: PinnedKey[]
  /** What was confirmed before; empty at the first contact. */
  pinned: PinnedKey[]
  /** Whether the offered keys contradict the pinned ones. */
  isChanged: boolean
}

/**
 * Asks a host for its keys, without logging in, and keeps them as offered until a person decides.
 * Throws `unreachable` with the stage that failed.
 */
export async function scanHostKey(ctx: Ctx, input: z.input<typeof ScanHostKeyInput>): Promise<ScannedKeys> {
  authorize(ctx, 'edit host identity')
  const { hostId } = parseInput(ScanHostKeyInput, input)
  const way = await wayTo(hostId)
  const offered = await scanHostKeys(way).catch(async (error: unknown) => {
    await recordReach(hostId, error)
    throw error
  })
  return work(async (tx) => {
    const host = await tx.host.findUnique({ where: { id: hostId }, select: { name: true, keys: true } })
    if (!host) throw hostNotFound(hostId)
    const pinned = host.keys.filter((key) => key.state === 'pinned')
    const isChanged = pinned.length > 0 && contradicts(pinned, offered)
    if (pinned.length === 0 || isChanged) await storeOfferedKeys(tx, hostId, offered)
    const detail = { offered: offered.map((key) => key.fingerprint), isChanged }
    await writeAudit(tx, ctx, { verb: 'scan host key', object: 'host', objectId: hostId, label: host.name, detail })
    return {
      offered,
      pinned: pinned.map(({ algorithm, key, fingerprint }) => ({ algorithm, key, fingerprint })),
      isChanged,
    }
  })
}
