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

/**
 * Two readings of a page, one after the other on one connection, each there as soon as it is read: while the catalog works at
 * the second, the page draws the first. What goes wrong with the first is told as that of both.
 */
export function readInTurn<First, Second>(
  ctx: Ctx,
  catalogId: string,
  first: (catalog: CatalogReading) => Promise<First>,
  second: (catalog: CatalogReading) => Promise<Second>,
): [Promise<PageReading<First>>, Promise<PageReading<Second>>] {
  const begun = performance.now()
  let tell: (reading: PageReading<First>) => void = () => undefined
  const told = new Promise<PageReading<First>>((resolve) => {
    tell = resolve
  })
  const whole = readForPage(ctx, catalogId, async (catalog) => {
    const data = await first(catalog)
    tell({ ok: true, data, tookMs: performance.now() - begun })
    return second(catalog)
  })
  // Before the first is told, the whole can only end with what went wrong.
  const early = Promise.race([told, whole.then((reading) => (reading.ok ? told : reading))])
  return [early, whole]
}
