import { ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { HostText } from '@/components/base/host-text'
import { Tag } from '@/components/base/tag'
import { PageHead } from '@/components/frame/page-head'
import { Menu } from '@/components/overlay/menu'
import { type CatalogOfPage, catalogOf, findCatalogName } from '../catalog-of'
import { dialectWords, supportTag } from '../catalog-words'
import { catalogHref } from '../links'
import { CatalogTabs } from './catalog-tabs'

type Params = Promise<{ catalog: string }>

export async function generateMetadata({ params }: { params: Params }) {
  return { title: (await findCatalogName((await params).catalog)) ?? 'Backups' }
}

/** What all pages of a catalog share: which catalog it is and how far it is proved, the others, the tabs. */
export default async function CatalogLayout({ children, params }: { children: ReactNode; params: Params }) {
  const of = await catalogOf((await params).catalog)
  const { catalog } = of
  const mark = supportTag[catalog.mark]
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Backups', href: '/backups?all=1' }, { label: <HostText text={catalog.name} max={80} /> }]}
        marks={
          <>
            {catalog.isSample ? (
              <Tag kind="info" mark title="Made by Pollux with made-up backups; no director stands behind it">
                sample
              </Tag>
            ) : null}
            <Tag kind={mark.kind} mark title={mark.title}>
              {catalog.mark}
            </Tag>
          </>
        }
        title={<HostText text={catalog.name} max={80} />}
        actions={<OtherCatalogs of={of} />}
      >
        {catalog.product} in {dialectWords[catalog.dialect] ?? catalog.dialect}, only read. Times as on the director’s
        clock, {catalog.zone}.
      </PageHead>
      <CatalogTabs
        tabs={[
          { href: catalogHref(catalog.id), label: 'Overview' },
          { href: catalogHref(catalog.id, 'pools'), label: 'Pools' },
          { href: catalogHref(catalog.id, 'volumes'), label: 'Volumes' },
          { href: catalogHref(catalog.id, 'jobs'), label: 'Jobs' },
          { href: catalogHref(catalog.id, 'clients'), label: 'Clients' },
          { href: catalogHref(catalog.id, 'running'), label: 'Running now' },
        ]}
      />
      {children}
    </>
  )
}

/** With one catalog alone, and nothing to add, there is nothing to choose. */
function OtherCatalogs({ of: { others, mayEdit } }: { of: CatalogOfPage }) {
  if (others.length === 0 && !mayEdit) return null
  const items = [
    ...others.slice(0, 12).map(({ id, name }) => ({ id, label: name, href: catalogHref(id) })),
    { id: 'all', label: 'All catalogs', href: '/backups?all=1', apart: others.length > 0 },
    ...(mayEdit ? [{ id: 'connect', label: 'Connect a catalog', href: '/backups/connect' }] : []),
  ]
  return (
    <Menu label="Choose another catalog" items={items}>
      Other catalogs <ChevronsUpDown className="ic" />
    </Menu>
  )
}
