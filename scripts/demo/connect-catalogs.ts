import type { Ctx } from '@/lib/auth/actor'
import { findDirector } from '@/lib/catalog/find/find-director'
import type { ShownCatalog } from '@/lib/catalog/find/found-director'
import { addCatalog } from '@/lib/catalog/store/add-catalog'
import { addSample } from '@/lib/catalog/store/add-sample'
import { listCatalogSettings } from '@/lib/catalog/store/catalog-settings'
import { read } from '@/lib/db'

/**
 * Connects the catalogs of the hosts that have a director, each with the director's own account, and makes a sample; those that
 * are there already stay. Gives the names of all.
 */
export async function connectCatalogs(ctx: Ctx, hosts: readonly { name: string }[]): Promise<string[]> {
  const before = await listCatalogSettings(ctx)
  if (!before.some(({ way }) => way === 'sample')) await addSample(ctx)
  for (const { name } of hosts) {
    const host = await read((tx) => tx.host.findUnique({ where: { name }, select: { id: true } }))
    if (!host || before.some((catalog) => catalog.name === name)) continue
    try {
      await connect(ctx, name, host.id)
    } catch (error) {
      console.error(
        `The catalog of ${name} was not connected: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  return (await listCatalogSettings(ctx)).map(({ name }) => name)
}

async function connect(ctx: Ctx, name: string, hostId: string): Promise<void> {
  const director = await findDirector(ctx, { hostId })
  const [found] = director.catalogs
  const place = found && placeOf(found, hostId)
  if (!found?.zone || !place) return
  const consoleConfig = director.consoleConfigs[0] ?? null
  await addCatalog(ctx, { name, zone: found.zone, directorHostId: hostId, consoleConfig, place, isZoneRead: true })
}

function placeOf({ dialect, address, port, database, path, key }: ShownCatalog, hostId: string) {
  if (dialect === 'sqlite') return path === null ? null : { way: 'host-file' as const, hostId, path }
  if (dialect === null || port === null || database === null) return null
  const account = { kind: 'director' as const, found: key }
  return { way: 'tunnel' as const, hostId, dialect, address, port, database, account }
}
