import type { Ctx } from '@/lib/auth/actor'
import { read, work } from '@/lib/db'
import { wallText } from '../rules'
import { refreshSamples } from '../store/refresh-samples'
import { type KeepTier, keepCatalog } from './keep-catalog'
import { thinnedDays } from './thin-days'

/** How many catalogs are read at once: one that is slow or does not answer holds up no other. */
export const atOnce = 4

/** The job that reads what was just connected. */
export const readNewCatalogs = 'read new catalogs'

/** Reads all catalogs, a few at once, and keeps what is shown of them without asking. The signal ends what is under way. */
export async function keepCatalogs(ctx: Ctx, tier: KeepTier, signal?: AbortSignal): Promise<void> {
  if (tier === 'everything') await refreshSamples(ctx)
  const catalogs = await read((tx) => tx.catalog.findMany({ select: { id: true, zone: true } }))
  const left = catalogs.values()
  const readOn = async () => {
    for (const { id, zone } of left) {
      if (signal?.aborted) return
      await keepCatalog(ctx, id, tier, { signal })
      if (tier === 'everything' && !signal?.aborted) await thinSamples(id, wallText(Date.now(), zone).slice(0, 10))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, readOn))
}

/** Reads each catalog that was connected and not read yet, one after another, until there is none. The signal ends it. */
export async function keepNewCatalogs(ctx: Ctx, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const where = { readAt: null, trouble: null }
    const next = await read((tx) => tx.catalog.findFirst({ where, select: { id: true } }))
    if (!next) return
    await keepCatalog(ctx, next.id, 'everything', { signal })
  }
}

/** Takes away the days of a catalog that are kept no longer. */
export async function thinSamples(catalogId: string, today: string): Promise<void> {
  await work(async (tx) => {
    const pools = await tx.poolSample.findMany({ where: { catalogId }, distinct: ['day'], select: { day: true } })
    const sizes = await tx.catalogSizeSample.findMany({
      where: { catalogId },
      distinct: ['day'],
      select: { day: true },
    })
    const gone = (rows: readonly { day: string }[]) => ({
      catalogId,
      day: {
        in: thinnedDays(
          rows.map(({ day }) => day),
          today,
        ),
      },
    })
    await tx.poolSample.deleteMany({ where: gone(pools) })
    await tx.catalogSizeSample.deleteMany({ where: gone(sizes) })
  })
}
