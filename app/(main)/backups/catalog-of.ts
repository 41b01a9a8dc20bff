import { notFound } from 'next/navigation'
import { cache } from 'react'
import { pageCtx } from '@/lib/action'
import type { Ctx } from '@/lib/auth/actor'
import { outOfScope } from '@/lib/auth/host-scope'
import { can } from '@/lib/auth/rights'
import { type CatalogLine, listCatalogs } from '@/lib/catalog/store/list-catalogs'

export interface CatalogOfPage {
  ctx: Ctx
  catalog: CatalogLine
  /** The other catalogs, to change to. */
  others: CatalogLine[]
  mayOperate: boolean
  mayEdit: boolean
}

const loadAll = cache(async () => {
  const ctx = await pageCtx('read backups')
  return { ctx, all: await listCatalogs(ctx) }
})

/** The name of a catalog for the title of its pages; null where there is none. */
export async function findCatalogName(catalogId: string): Promise<string | null> {
  return (await loadAll()).all.find(({ id }) => id === catalogId)?.name ?? null
}

/**
 * The catalog of a page as the store knows it, and what its reader may do, loaded once per request; a catalog that is not there
 * is the 404 page. It asks nothing of the catalog itself.
 */
export const catalogOf = cache(async (catalogId: string): Promise<CatalogOfPage> => {
  const { ctx, all } = await loadAll()
  const catalog = all.find(({ id }) => id === catalogId)
  if (!catalog) notFound()
  return {
    ctx,
    catalog,
    others: all.filter(({ id }) => id !== catalogId),
    mayOperate: can(ctx.actor, 'operate backups') && (await isDirectorYours(ctx, catalog)),
    mayEdit: can(ctx.actor, 'edit catalogs'),
  }
})

/** Whether the reader may touch the host on which the director is asked. */
async function isDirectorYours(ctx: Ctx, { directorHostId }: CatalogLine): Promise<boolean> {
  return directorHostId === null || (await outOfScope(ctx, [directorHostId])).size === 0
}
