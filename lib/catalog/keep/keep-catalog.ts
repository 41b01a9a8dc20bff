import type { Ctx } from '@/lib/auth/actor'
import { type Tx, work } from '@/lib/db'
import { type CatalogSizes, catalogSizes } from '../overview/catalog-sizes'
import { backupStates, type LateBackup } from '../overview/late-backups'
import { listPools, type Pool } from '../pools/list-pools'
import { wallText } from '../rules'
import type { CatalogSnapshot } from '../snapshot'
import { findClientHosts } from '../store/client-hosts'
import { readCatalog } from '../store/read-catalog'
import { sentenceFor } from './sentence'

/** What of a catalog is read: how its backups stand, or also where its space goes (which takes seconds in a large one). */
export type KeepTier = 'backups' | 'everything'

/**
 * Reads a catalog and keeps what home, inventory, plots and metrics show of it. What goes wrong with the catalog is kept as a
 * sentence beside it, and never thrown. The signal ends it, on the server too, and nothing is kept then.
 */
export async function keepCatalog(
  ctx: Ctx,
  catalogId: string,
  tier: KeepTier,
  { now = Date.now(), signal }: { now?: number; signal?: AbortSignal } = {},
): Promise<void> {
  try {
    const found = await readCatalog(
      ctx,
      catalogId,
      async (catalog) => ({
        backups: await backupStates(catalog),
        day: wallText(now, catalog.zone).slice(0, 10),
        space: tier === 'everything' ? { pools: await listPools(catalog), sizes: await catalogSizes(catalog) } : null,
      }),
      { now, signal },
    )
    await work(async (tx) => {
      // It may have been removed meanwhile.
      if ((await tx.catalog.count({ where: { id: catalogId } })) === 0) return
      await keepBackups(tx, catalogId, found.backups, now)
      if (found.space) await keepSpace(tx, { catalogId, day: found.day, ...found.space })
      await tx.catalog.update({
        where: { id: catalogId },
        data: {
          readAt: new Date(now),
          trouble: null,
          ...(found.space ? { snapshot: JSON.stringify(snapshotOf(found.space.pools, now)) } : {}),
        },
      })
    })
  } catch (error) {
    // Nothing is wrong with the catalog: Pollux is about to end.
    if (signal?.aborted) return
    const trouble = sentenceFor(ctx, error)
    await work((tx) => tx.catalog.updateMany({ where: { id: catalogId }, data: { trouble } }))
  }
}

async function keepBackups(tx: Tx, catalogId: string, backups: readonly LateBackup[], now: number): Promise<void> {
  const hosts = await findClientHosts(
    tx,
    backups.flatMap(({ client }) => client ?? []),
  )
  await tx.backupJob.deleteMany({ where: { catalogId } })
  await tx.backupJob.createMany({
    data: backups.map(({ job, client, clientId, lastJobId, lastStatus, verdict, isSilent }) => ({
      catalogId,
      name: job,
      // A client that the catalog has lost is told from others by its id.
      clientName: client ?? `#${clientId ?? 0}`,
      hostId: hosts.get(client ?? '')?.id ?? null,
      state: isSilent ? 'silent' : verdict.state,
      because: verdict.because,
      lastGoodAt: verdict.lastGood,
      dueBy: verdict.dueBy,
      lastStatus,
      lastJobId,
      readAt: new Date(now),
    })),
  })
}

interface Space {
  catalogId: string
  day: string
  pools: readonly Pool[]
  sizes: CatalogSizes
}

/** The last reading of a day stands for it. */
async function keepSpace(tx: Tx, { catalogId, day, pools, sizes }: Space): Promise<void> {
  await tx.poolSample.deleteMany({ where: { catalogId, day } })
  await tx.poolSample.createMany({
    data: pools.map(({ name, use, capacity, prunable }) => ({
      catalogId,
      day,
      pool: name,
      volumes: use.volumes,
      bytes: whole(use.bytes),
      capacityBytes: capacity.bytes === null || capacity.bytes >= most ? null : whole(capacity.bytes),
      prunableBytes: whole(prunable.bytes),
      reclaimableBytes: whole(use.reclaimable.bytes),
    })),
  })
  await tx.catalogSizeSample.deleteMany({ where: { catalogId, day } })
  await tx.catalogSizeSample.createMany({
    data: sizes.tables.map(({ table, rows, bytes }) => ({
      catalogId,
      day,
      table,
      rows: rows === null ? null : whole(rows),
      bytes: bytes === null ? null : whole(bytes),
    })),
  })
}

/** What a column of the store holds at most; a sum beyond it is of sizes that no volume has. */
const most = 2 ** 63

function whole(value: number): bigint {
  return value >= most ? BigInt(most) - 1n : BigInt(Math.round(value))
}

function snapshotOf(pools: readonly Pool[], now: number): CatalogSnapshot {
  return {
    at: now,
    pools: pools.map(({ poolId, name, use, capacity, prunable }) => ({
      poolId,
      name,
      volumes: use.volumes,
      bytes: use.bytes,
      capacityBytes: capacity.bytes,
      prunableBytes: prunable.bytes,
      reclaimableBytes: use.reclaimable.bytes,
      inError: use.inError,
      byStatus: Object.fromEntries([...use.byStatus].map(([status, { volumes }]) => [status, volumes])),
    })),
  }
}
