import type { AppError } from '@/lib/errors'
import { connectionError, type Place } from './connection-error'
import { fingerprintOf } from './fingerprint'
import type { PinnedKey, SshTarget } from './types'

/** The type that a key's wire blob names first (RFC 4253, 6.6); empty when the blob is malformed. */
export function keyTypeOfBlob(blob: Buffer): string {
  if (blob.length < 4) return ''
  const length = blob.readUInt32BE(0)
  return length > 0 && length <= blob.length - 4 ? blob.toString('latin1', 4, 4 + length) : ''
}

/** A key as it is pinned. */
export function asPinnedKey(blob: Buffer): PinnedKey {
  return { algorithm: keyTypeOfBlob(blob), key: blob.toString('base64'), fingerprint: fingerprintOf(blob) }
}

/** Whether the key that the server proved is one that a person confirmed: the whole blob, not its fingerprint. */
export function isPinned(target: SshTarget, blob: Buffer): boolean {
  return target.hostKeys.some((pinned) => Buffer.from(pinned.key, 'base64').equals(blob))
}

/** The error of a host that has no confirmed key yet. */
export function noPinnedKey(target: SshTarget): AppError {
  return connectionError(
    'invalid',
    target,
    'host-key',
    'expected a confirmed host key, got none',
    `The host key of ${target.name} is not confirmed yet. An admin compares its fingerprint and confirms it on the host's page.`,
  )
}

/** The error of a host that shows another key than the confirmed one. */
export function hostKeyChanged(target: SshTarget, seen: PinnedKey): AppError {
  const old = target.hostKeys.map((key) => key.fingerprint)
  return connectionError(
    'host-key-changed',
    target,
    'host-key',
    `expected host key ${old.join(' or ')}, got ${seen.fingerprint}`,
    `${target.name} shows another host key than the confirmed one. Either it was reinstalled, or someone stands in between. Nothing was sent. An admin compares the new fingerprint on the host itself before accepting it.`,
    { data: { oldFingerprints: old, newFingerprints: [seen.fingerprint], newKeys: [seen] } },
  )
}

/** The error of a host that offers no key of the confirmed type any more. */
export function hostKeyGone(target: Place & Pick<SshTarget, 'hostKeys'>, offered: readonly string[]): AppError {
  const old = target.hostKeys.map((key) => key.fingerprint)
  return connectionError(
    'host-key-changed',
    target,
    'host-key',
    `expected a host key of type ${target.hostKeys.map((key) => key.algorithm).join(' or ')}, got an offer of ${offered.join(', ')}`,
    `${target.name} no longer has a host key of the confirmed type. Either its keys were made anew, or someone stands in between. Nothing was sent. An admin looks its keys up again and compares them on the host itself.`,
    { data: { oldFingerprints: old, newFingerprints: [], offered } },
  )
}
