import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'

export interface ClientHost {
  id: string
  name: string
}

/**
 * The hosts of the inventory that clients of a catalog are, by the clients' names: what the regular reading found, else a host
 * whose name or address is the client's, with or without its "-fd". Two queries of the store.
 */
export async function clientHosts(
  ctx: Ctx,
  catalogId: string,
  clients: readonly string[],
): Promise<ReadonlyMap<string, ClientHost>> {
  authorize(ctx, 'read backups')
  if (clients.length === 0) return new Map()
  const names = clients.flatMap((client) => [client, bareName(client)])
  const [jobs, hosts] = await read(async (tx) => [
    await tx.backupJob.findMany({
      where: { catalogId, clientName: { in: [...clients] }, hostId: { not: null } },
      select: { clientName: true, host: { select: { id: true, name: true } } },
    }),
    await tx.host.findMany({
      where: { OR: [{ name: { in: names } }, { address: { in: names } }] },
      select: { id: true, name: true, address: true },
    }),
  ])
  const found = new Map<string, ClientHost>()
  for (const client of clients) {
    const told = jobs.find(({ clientName }) => clientName === client)?.host
    const alike = hosts.find(({ name, address }) =>
      [client, bareName(client)].some((one) => one === name || one === address),
    )
    const host = told ?? alike
    if (host) found.set(client, { id: host.id, name: host.name })
  }
  return found
}

/** "zebulon-fd" is zebulon: how most people name a file daemon. */
function bareName(client: string): string {
  return client.replace(/-fd$/i, '')
}
