import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'

export interface ClientHost {
  id: string
  name: string
}

/** The hosts of the inventory that clients of a catalog are, by the clients' names. One query of the store. */
export async function clientHosts(ctx: Ctx, clients: readonly string[]): Promise<ReadonlyMap<string, ClientHost>> {
  authorize(ctx, 'read backups')
  return read((tx) => findClientHosts(tx, clients))
}

/** The same within a transaction: what the regular reading keeps and what the pages show are one. */
export async function findClientHosts(tx: Tx, clients: readonly string[]): Promise<ReadonlyMap<string, ClientHost>> {
  if (clients.length === 0) return new Map()
  const hosts = await tx.host.findMany({ select: { id: true, name: true, address: true }, orderBy: { name: 'asc' } })
  return matchClientHosts(clients, hosts)
}

/**
 * Which client is which host: the one whose name is the client's, in any case, with or without its "-fd" (what Bacula's own
 * packages call a file daemon), else the one with that address. Where several hosts fit equally well it is none of them.
 */
export function matchClientHosts(
  clients: readonly string[],
  hosts: readonly (ClientHost & { address: string })[],
): ReadonlyMap<string, ClientHost> {
  const byName = groupedBy(hosts, ({ name }) => name)
  const byAddress = groupedBy(hosts, ({ address }) => address)
  const found = new Map<string, ClientHost>()
  for (const client of clients) {
    const names = [client, client.replace(/-fd$/i, '')].map((name) => name.toLowerCase())
    const fits = [...names.map((name) => byName.get(name)), ...names.map((name) => byAddress.get(name))]
    const best = fits.find((some) => some !== undefined) ?? []
    const [host, other] = best
    if (host && !other) found.set(client, { id: host.id, name: host.name })
  }
  return found
}

function groupedBy<Item>(items: readonly Item[], of: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = of(item).toLowerCase()
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
