import type { Found } from '@/lib/agent'

/** What the last readings of a host found, by probe; each result stands until the same probe is read again. */
export interface StoredFacts {
  results: Readonly<Record<string, StoredResult>>
  /** Of the last reading: what a person should know about the run itself. */
  problems: readonly { probeId: string | null; message: string }[]
}

export interface StoredResult {
  /** Milliseconds since 1970, by the dashboard's clock. */
  at: number
  found: Found<unknown>
}

/** Reads the store's text. Only `printStoredFacts` writes it, so its shape is known; text of an older shape counts as unread. */
export function parseStoredFacts(text: string | null): StoredFacts | null {
  if (text === null) return null
  try {
    return asStoredFacts(JSON.parse(text))
  } catch {
    return null
  }
}

export function printStoredFacts(facts: StoredFacts): string {
  return JSON.stringify(facts)
}

/** What a new reading makes of the facts before: its own results take the place of the same probes'. */
export function mergeFacts(before: StoredFacts | null, after: StoredFacts): StoredFacts {
  return { results: { ...before?.results, ...after.results }, problems: after.problems }
}

/** What one probe found, or that it was never asked. The caller names the type that this probe's `parse` gives. */
export function foundOf<T>(facts: StoredFacts | null, probeId: string): Found<T> {
  const stored = facts?.results[probeId]
  if (!stored) return { state: 'not-read', why: 'absent', detail: 'not asked yet' }
  return stored.found as Found<T>
}

/** Guarantee: the text was printed by `printStoredFacts`; the outer shape alone is looked at again. */
function asStoredFacts(value: unknown): StoredFacts | null {
  if (typeof value !== 'object' || value === null || !('results' in value) || !('problems' in value)) return null
  return value as StoredFacts
}
