import type { PinnedKey } from '@/lib/ssh'

/** A host key as the store keeps it. */
export interface StoredKey extends PinnedKey {
  state: 'pinned' | 'offered' | 'retired'
}

/** none: no person confirmed a key yet; confirmed: uses go on; changed: every use is refused until an admin decided. */
export type KeyState = 'none' | 'confirmed' | 'changed'

/** An offered key beside a pinned one is only ever stored when it contradicts it. */
export function keyState(keys: readonly { state: string }[]): KeyState {
  const isPinned = keys.some((key) => key.state === 'pinned')
  if (!isPinned) return 'none'
  return keys.some((key) => key.state === 'offered') ? 'changed' : 'confirmed'
}

/**
 * Whether what a host offers now contradicts its pins: another key for an algorithm that is pinned, or none of the
 * pinned keys at all. A key of an algorithm more, beside a pinned one that still fits, does not.
 */
export function contradicts(pinned: readonly PinnedKey[], offered: readonly PinnedKey[]): boolean {
  const fits = pinned.filter((pin) => offered.some((key) => key.algorithm === pin.algorithm && key.key === pin.key))
  const differs = pinned.some((pin) => offered.some((key) => key.algorithm === pin.algorithm && key.key !== pin.key))
  return differs || fits.length === 0
}

/** Whether two sets of fingerprints are the same, whatever their order. */
export function sameFingerprints(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...new Set(one)].sort()) === JSON.stringify([...new Set(other)].sort())
}
