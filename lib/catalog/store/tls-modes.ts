import type { SqlTls } from '@/lib/sql'

/** How a catalog over the network may be encrypted, the safest last. */
export const tlsModes = ['off', 'required', 'checked'] as const
export type TlsMode = (typeof tlsModes)[number]

/** What the store keeps of it, as the place has it. A word that nobody knows is taken for the safest. */
export function tlsOf({ tls, tlsCa }: { tls: string; tlsCa: string | null }): SqlTls {
  return tls === 'off' || tls === 'required' ? { mode: tls } : { mode: 'checked', ca: tlsCa }
}
