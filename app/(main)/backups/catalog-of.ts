import { notFound } from 'next/navigation'
import { cache } from 'react'
import { pageCtx } from '@/lib/action'
import type { Ctx } from '@/lib/auth/actor'
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

/**
 * The catalog of a page as the store knows it, and what its reader may do, loaded once per request; a catalog that is not there
 * is the 404 page. It asks nothing of the catalog itself.
 */
export const catalogOf = cache(async (catalogId: string): Promise<CatalogOfPage> => {
  const ctx = await pageCtx('read backups')
  const all = await listCatalogs(ctx)
  const catalog = all.find(({ id }) => id === catalogId)
  if (!catalog) notFound()
  return {
    ctx,
    catalog,
    others: all.filter(({ id }) => id !== catalogId),
    mayOperate: can(ctx.actor, 'operate backups'),
    mayEdit: can(ctx.actor, 'edit catalogs'),
  }
})
