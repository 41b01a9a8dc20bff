import type { PaletteItem } from '@/components/overlay/palette-items'
import { route } from '@/lib/action'
import { type FoundInCatalog, searchCatalogs } from '@/lib/catalog/search/search-catalogs'

/** What the catalogs of backups hold of that name: `?q=` is what was typed. */
export const GET = route('read backups', async (ctx, request) => {
  const text = new URL(request.url).searchParams.get('q') ?? ''
  const { found, silent } = await searchCatalogs(ctx, text, request.signal)
  return Response.json({ items: found.map(itemOf), silent }, { headers: { 'cache-control': 'no-store' } })
})

const folders = { volume: 'volumes', job: 'jobs', client: 'clients' } as const

function itemOf({ kind, catalogId, catalogName, id, name, pool }: FoundInCatalog): PaletteItem {
  const href = `/backups/${encodeURIComponent(catalogId)}/${folders[kind]}/${id}`
  const what = kind === 'volume' ? (pool ?? 'volume') : kind === 'job' ? 'job' : 'client'
  return {
    id: `found ${href}`,
    group: 'backups',
    kind,
    label: kind === 'job' ? `${id} ${name}` : name,
    hint: `${what}, ${catalogName}`,
    href,
  }
}
