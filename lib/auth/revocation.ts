import { single } from '@/lib/config/single'

const watchers = () => single('revocation-watchers', () => new Set<() => void>())

/** Calls back whenever somebody may have lost a session or a right. Returns how to stop that. */
export function onRevocation(seen: () => void): () => void {
  const own = () => seen()
  watchers().add(own)
  return () => void watchers().delete(own)
}

/** Says that a session ended or a role changed: what streams looks at once whether its reader may still read. Call it behind the unit of work. */
export function tellRevocation(): void {
  for (const seen of watchers()) seen()
}
