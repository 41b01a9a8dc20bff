import { randomUUID } from 'node:crypto'
import { type Ctx, systemCtx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { readCatalog } from '@/lib/catalog/store/read-catalog'
import { single } from '@/lib/config/single'
import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { Poller } from '@/lib/stream/poller'
import { askDirector } from '../ask-director'
import { directorPoller } from './director-poller'
import { lastSameJobs } from './last-same-jobs'
import type { RunningPart } from './running-state'

interface DirectorOfCatalog {
  name: string
  hostId: string | null
  hostName: string | null
  consoleConfig: string | null
}

/** Where a catalog's director can be asked. Throws `not-found`. */
export async function directorOf(ctx: Ctx, catalogId: string): Promise<DirectorOfCatalog> {
  authorize(ctx, 'read backups')
  const select = { name: true, directorHostId: true, consoleConfig: true, directorHost: { select: { name: true } } }
  const row = await read((tx) => tx.catalog.findUnique({ where: { id: catalogId }, select }))
  if (!row)
    throw new AppError('not-found', `expected the catalog ${catalogId}, got none`, {
      userMessage: 'There is no such catalog. It may have been removed.',
    })
  return {
    name: row.name,
    hostId: row.directorHostId,
    hostName: row.directorHost?.name ?? null,
    consoleConfig: row.consoleConfig,
  }
}

/**
 * What runs, live: one poller for all who look at a catalog. Throws `not-found`, and `conflict` where no host of the
 * director is known.
 */
export async function watchRunning(ctx: Ctx, catalogId: string): Promise<Poller<RunningPart>> {
  const { name, hostId, consoleConfig } = await directorOf(ctx, catalogId)
  if (hostId === null)
    throw new AppError('conflict', `expected the director's host of ${name}, got none`, {
      userMessage: 'Pollux does not know on which host this catalog’s director runs.',
    })
  return pollerOf(catalogId, hostId, consoleConfig)
}

/** The first look, for a page that is drawn at once; the part is the last one seen where somebody watches already. */
export async function firstRunning(ctx: Ctx, catalogId: string): Promise<RunningPart> {
  const running = await watchRunning(ctx, catalogId)
  return new Promise((resolve) => {
    let unwatch = () => {}
    const isTold = ({ state, trouble }: RunningPart) =>
      trouble !== null || (state !== null && Date.now() - state.at < 10_000)
    const look = () => {
      if (!isTold(running.part())) return
      unwatch()
      resolve(running.part())
    }
    unwatch = running.watch(look)
    look()
  })
}

function pollerOf(catalogId: string, hostId: string, consoleConfig: string | null): Poller<RunningPart> {
  const pollers = single('director-pollers', () => new Map<string, { where: string; poller: Poller<RunningPart> }>())
  const where = `${hostId} ${consoleConfig ?? ''}`
  const known = pollers.get(catalogId)
  if (known?.where === where) return known.poller
  const poller = directorPoller({
    director: (lines, options) => askDirector(hostId, lines, { ...options, consoleConfig }),
    lastSame: (jobs) => readCatalog(systemCtx(randomUUID()), catalogId, (catalog) => lastSameJobs(catalog, jobs)),
  })
  pollers.set(catalogId, { where, poller })
  return poller
}
