import { notFound } from 'next/navigation'
import type { ScreenError } from '@/lib/action'
import { toScreen } from '@/lib/action/to-screen'
import type { Ctx } from '@/lib/auth/actor'
import type { CatalogReading } from '@/lib/catalog/catalog-reading'
import { readCatalog } from '@/lib/catalog/store/read-catalog'
import { isAppError } from '@/lib/errors'

export type PageReading<T> = { ok: true; data: T; tookMs: number } | { ok: false; trouble: ScreenError }

/**
 * Reads a catalog for a page. What goes wrong with the catalog comes back as a sentence for `CatalogTrouble`, so that the rest
 * of the page can stand around it; what is not there is the 404 page.
 */
export async function readForPage<T>(
  ctx: Ctx,
  catalogId: string,
  work: (catalog: CatalogReading) => Promise<T>,
): Promise<PageReading<T>> {
  const begun = performance.now()
  try {
    const data = await readCatalog(ctx, catalogId, work)
    return { ok: true, data, tookMs: performance.now() - begun }
  } catch (error) {
    if (!isAppError(error)) throw error
    if (error.code === 'not-found') notFound()
    return { ok: false, trouble: toScreen(ctx, error) }
  }
}
