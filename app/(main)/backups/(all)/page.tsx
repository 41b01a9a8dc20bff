import { redirect } from 'next/navigation'
import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { Tag } from '@/components/base/tag'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { type CatalogLine, listCatalogs } from '@/lib/catalog/store/list-catalogs'
import { dialectWords } from '../catalog-words'
import { SampleButton } from '../connect/sample-button'
import { catalogHref } from '../links'

export const metadata = { title: 'Backups' }

/** All catalogs with how they are. With one alone there is nothing to choose: it leads there, unless `all` is asked for. */
export default async function BackupsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageCtx('read backups')
  const catalogs = await listCatalogs(ctx)
  const mayEdit = can(ctx.actor, 'edit catalogs')
  const [only, another] = catalogs
  if (!only) return <NoCatalogYet mayEdit={mayEdit} />
  if (!another && (await searchParams)['all'] === undefined) redirect(catalogHref(only.id))
  return (
    <>
      <PageHead
        title={titleOf(catalogs)}
        actions={
          mayEdit ? (
            <ButtonLink kind="primary" href="/backups/connect">
              Connect a catalog
            </ButtonLink>
          ) : null
        }
      >
        Pollux reads each catalog and never writes to it.
      </PageHead>
      <DataTable
        label="Catalogs"
        columns={columns}
        rows={catalogs}
        rowId={({ id }) => id}
        rowHref={({ id }) => catalogHref(id)}
        blocks
      />
      <KeysBar keys={rowKeyHints} />
    </>
  )
}

const columns: readonly Column<CatalogLine>[] = [
  { id: 'name', head: 'Catalog', cell: ({ name }) => <HostText text={name} max={80} /> },
  { id: 'state', head: 'State', cell: (line) => <State line={line} />, inBlock: 'rest' },
  {
    id: 'product',
    head: 'Version',
    cell: ({ product, dialect, isSample, mark }) => (
      <>
        {product}, {dialectWords[dialect] ?? dialect} <Tag>{isSample ? 'sample' : mark}</Tag>
      </>
    ),
    inBlock: 'line',
  },
  { id: 'zone', head: 'Time zone', cell: ({ zone }) => zone, hideOnPhone: true },
  {
    id: 'read',
    head: 'Last read',
    cell: ({ readAt }) => (readAt ? <RelativeTime at={readAt.getTime()} still /> : 'never'),
    inBlock: 'line',
  },
]

function State({ line: { trouble, readAt } }: { line: CatalogLine }) {
  if (trouble)
    return (
      <StatusMark status="bad">
        <HostText text={trouble} max={160} />
      </StatusMark>
    )
  return readAt ? <StatusMark status="ok">In reach</StatusMark> : <StatusMark status="unknown">Not read yet</StatusMark>
}

function NoCatalogYet({ mayEdit }: { mayEdit: boolean }) {
  return (
    <>
      <PageHead title="Backups" />
      <EmptyState
        title="No catalog yet"
        actions={
          mayEdit ? (
            <>
              <ButtonLink kind="primary" href="/backups/connect">
                Connect a catalog
              </ButtonLink>
              <SampleButton />
            </>
          ) : undefined
        }
      >
        Pollux reads the catalog of Bacula or Bareos and never writes to it: which backups are late, where the space
        goes, what can be pruned and why.{mayEdit ? '' : ' An admin connects the first one.'}
      </EmptyState>
      <KeysBar keys={[{ keys: ['G', 'O'], does: 'home' }]} />
    </>
  )
}

function titleOf(catalogs: readonly CatalogLine[]): string {
  const inTrouble = catalogs.filter(({ trouble }) => trouble !== null).length
  if (inTrouble > 0)
    return `${inTrouble} of ${catalogs.length} ${catalogs.length === 1 ? 'catalog' : 'catalogs'} ${inTrouble === 1 ? 'is' : 'are'} out of reach`
  return catalogs.length === 1 ? '1 catalog' : `${catalogs.length} catalogs`
}
