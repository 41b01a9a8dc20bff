import type { Ctx } from '@/lib/auth/actor'
import { read, work } from '@/lib/db'
import { wallText } from '../rules'
import { refreshSamples } from '../store/refresh-samples'
import { type KeepTier, keepCatalog } from './keep-catalog'
import { thinnedDays } from './thin-days'

/** Reads all catalogs, one after the other, and keeps what is shown of them without asking. */
export async function keepCatalogs(ctx: Ctx, tier: KeepTier, signal?: AbortSignal): Promise<void> {
  if (tier === 'everything') await refreshSamples(ctx)
  const catalogs = await read((tx) => tx.catalog.findMany({ select: { id: true, zone: true } }))
  for (const { id, zone } of catalogs) {
    if (signal?.aborted) return
    await keepCatalog(ctx, id, tier)
    if (tier === 'everything') await thinSamples(id, wallText(Date.now(), zone).slice(0, 10))
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
