import { factOf, type StoredFacts, type StoredResult } from '@/lib/inventory/stored-facts'

/** What changes from one reading to the next and is drawn or counted later; the rest is kept once, as the latest facts. */
const kept = ['clock', 'uptime', 'memory', 'fileSystems', 'reboot', 'updateNotice'] as const

/**
 * What the history keeps of a cheap reading: a list of all services every five minutes would fill the store with what
 * never changes. Deep readings are seldom and kept whole.
 */
export function historyOf(facts: StoredFacts): StoredFacts {
  const results: Record<string, StoredResult> = {}
  for (const id of kept) {
    const result = facts.results[id]
    if (result) results[id] = result
  }
  const services = factOf(facts, 'services')
  const at = facts.results.services?.at
  if (at !== undefined && services.state === 'read')
    results.services = { at, found: { state: 'read', value: { ...services.value, services: [] } } }
  return { results, problems: facts.problems }
}
