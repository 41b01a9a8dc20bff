import { writeAudit } from '@/lib/audit/write-audit'
import { systemCtx } from '@/lib/auth/actor'
import { type Tx, work } from '@/lib/db'
import type { PinnedKey } from '@/lib/ssh/types'
import { keyState } from './key-state'
import { offeredKeysOf } from './offered-key'
import { reachOfError } from './reach'
import { storeOfferedKeys } from './store-offered-keys'

/**
 * Keeps how a contact with a host went: `null` when it went well, else what was thrown. A contradicting host key, also
 * a jump host's, is kept as offered, which refuses every use until an admin decided. Errors that say nothing about the
 * host are let be.
 */
export async function recordReach(hostId: string, error: unknown): Promise<void> {
  if (error !== null && !reachOfError(hostId, error)) return
  await work((tx) => writeReach(tx, hostId, error))
}

/** The same inside the caller's transaction. */
export async function writeReach(tx: Tx, hostId: string, error: unknown): Promise<void> {
  const found = error === null ? { reach: 'ok', reachDetail: null } : reachOfError(hostId, error)
  if (!found) return
  await tx.host.updateMany({ where: { id: hostId }, data: { ...found, reachAt: new Date() } })
  const changed = offeredKeysOf(error)
  if (changed) await noteChangedKey(tx, changed.hostId, changed.newKeys)
}

/** Keeps keys that contradict the pinned ones as offered, and records that they were seen. Said once: later uses are refused before they reach the host. */
export async function noteChangedKey(tx: Tx, hostId: string, offered: readonly PinnedKey[]): Promise<void> {
  const host = await tx.host.findUnique({ where: { id: hostId }, select: { name: true, keys: true } })
  if (!host || keyState(host.keys) !== 'confirmed') return
  await storeOfferedKeys(tx, hostId, offered)
  const pinned = host.keys.filter((key) => key.state === 'pinned').map((key) => key.fingerprint)
  await writeAudit(tx, systemCtx('host-key'), {
    verb: 'notice changed host key',
    object: 'host',
    objectId: hostId,
    label: host.name,
    outcome: 'refused',
    detail: { pinned, offered: offered.map((key) => key.fingerprint) },
  })
}
