import { placeWords } from '@/app/(main)/backups/place-words'
import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { Tag } from '@/components/base/tag'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { pageCtx } from '@/lib/action'
import { type CatalogSettings, listCatalogSettings } from '@/lib/catalog/store/catalog-settings'

export const metadata = { title: 'Catalogs' }

/** Every catalog that Pollux reads, and how. */
export default async function CatalogsPage() {
  const ctx = await pageCtx('edit catalogs')
  const rows = await listCatalogSettings(ctx)
  const add = (
    <ButtonLink kind="primary" href="/backups/connect">
      Connect a catalog
    </ButtonLink>
  )
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'Catalogs' }]}
        title="Catalogs"
        actions={rows.length > 0 ? add : null}
      >
        What Pollux reads of Bacula and Bareos. It never writes to a catalog.
      </PageHead>
      {rows.length === 0 ? (
        <EmptyState title="No catalog yet" actions={add}>
          A catalog is the database in which a director keeps its jobs and volumes. Pollux only reads it.
        </EmptyState>
      ) : (
        <DataTable
          label="Catalogs"
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowHref={(row) => `/settings/catalogs/${row.id}`}
          blocks
        />
      )}
      <KeysBar keys={rowKeyHints} />
    </>
  )
}

const columns: readonly Column<CatalogSettings>[] = [
  {
    id: 'name',
    head: 'Catalog',
    cell: ({ name, way }) => (
      <>
        <HostText text={name} max={80} /> {way === 'sample' ? <Tag kind="info">sample</Tag> : null}
      </>
    ),
  },
  { id: 'where', head: 'Where', cell: (row) => <HostText text={placeWords(row)} max={120} />, inBlock: 'rest' },
  {
    id: 'account',
    head: 'Account',
    hideOnPhone: true,
    cell: ({ login }) =>
      login === null ? <span className="text-text-3">none</span> : <HostText text={login} max={80} />,
  },
  { id: 'schema', head: 'Version', hideOnPhone: true, cell: ({ schema }) => schema.name },
  { id: 'zone', head: 'Time zone', hideOnPhone: true, cell: ({ zone }) => zone },
]
