import { createHash, createHmac } from 'node:crypto'
import type { Plan } from '@/lib/agent'
import { digestKey } from '@/lib/secrets/seal'
import { replaceSecrets } from './mask'

/** What an approval binds to. */
export interface DigestInput {
  plan: Plan
  /** What the person asked for, plain JSON. */
  desired: unknown
  /** The pinned host keys' fingerprints, by host id. */
  hostKeys: Readonly<Record<string, readonly string[]>>
}

/**
 * SHA-256 (hex) over agent version, desired, host-key fingerprints, basis, steps and checks, with sorted keys.
 * Titles and findings are words about the plan and stay out; times and counters never were in (rule 1).
 */
export function planDigest({ plan, desired, hostKeys }: DigestInput): string {
  const { agent, first, phases, checks, basis, guard, secrets = [] } = plan
  const bound = { agent, first, desired, hostKeys, basis, phases, checks, guard }
  const hidden = secrets.length === 0 ? bound : replaceSecrets(bound, secrets, hmacOf)
  return createHash('sha256').update(canonicalJson(hidden)).digest('hex')
}

// The digest is shown and kept in the open: from it alone nobody may guess a short secret (rule 1).
function hmacOf(secret: string): string {
  return createHmac('sha256', digestKey()).update(secret).digest('hex')
}

/** JSON with every object's keys sorted, so that equal values give equal text. Undefined fields are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** A digest as people see it: the first twelve digits in groups of four. */
export function shortDigest(digest: string): string {
  return (digest.slice(0, 12).match(/.{4}/g) ?? []).join(' ')
}
