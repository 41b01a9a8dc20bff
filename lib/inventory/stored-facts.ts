import type { Found } from '@/lib/agent'
import type { CheapFacts, DeepFacts } from '@/lib/facts'

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

/** The host's own facts; agents' stand beside them under their own ids. */
export type OwnFacts = CheapFacts & DeepFacts

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

/** What a probe found, or that it was never asked. The caller names the type that this probe's `parse` gives. */
export function foundOf<T>(facts: StoredFacts | null, probeId: string): Found<T> {
  const stored = facts?.results[probeId]
  if (!stored) return { state: 'not-read', why: 'absent', detail: 'not asked yet' }
  return stored.found as Found<T>
}

export type ReadValue<F> = F extends { state: 'read'; value: infer Value } ? Value : never

/** What one of the host's own probes found. */
export type OwnFact<Id extends keyof OwnFacts> = Found<ReadValue<OwnFacts[Id]>>

/** One of the host's own facts, with the type that lib/facts gives it. */
export function factOf<Id extends keyof OwnFacts>(facts: StoredFacts | null, id: Id): OwnFact<Id> {
  return foundOf(facts, id)
}

/** The value of one of the host's own facts, or null when it was not read. */
export function readValue<Id extends keyof OwnFacts>(
  facts: StoredFacts | null,
  id: Id,
): ReadValue<OwnFacts[Id]> | null {
  const found = factOf(facts, id)
  return found.state === 'read' ? found.value : null
}

/** Guarantee: the text was printed by `printStoredFacts`; the outer shape alone is looked at again. */
function asStoredFacts(value: unknown): StoredFacts | null {
  if (typeof value !== 'object' || value === null || !('results' in value) || !('problems' in value)) return null
  return value as StoredFacts
}
