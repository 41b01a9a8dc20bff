import { notFound } from 'next/navigation'
import { SchemaWords } from '@/app/(main)/backups/connect/report-view'
import { timeZones } from '@/app/(main)/backups/connect/time-zones'
import { placeWords } from '@/app/(main)/backups/place-words'
import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { TypeToConfirm } from '@/components/overlay/type-to-confirm'
import { KeyValue } from '@/components/show/facts-line'
import { pageCtx } from '@/lib/action'
import type { Ctx } from '@/lib/auth/actor'
import { findAccountChange } from '@/lib/catalog/account/account-change'
import { type CatalogSettings, getCatalogSettings } from '@/lib/catalog/store/catalog-settings'
import { isAppError } from '@/lib/errors'
import { listHostChoices } from '@/lib/inventory/list-host-choices'
import { DescriptionForm } from './description-form'
import { MoveForm } from './move-form'
import { removeNamedCatalog } from './remove-named-catalog'

export const metadata = { title: 'Catalog' }

/** What a catalog is called, its zone and director, where it is and who reads it; and how it is forgotten. */
export default async function CatalogPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await pageCtx('edit catalogs')
  const [catalog, hosts] = await Promise.all([catalogOr404(ctx, (await params).id), listHostChoices(ctx)])
  const isSample = catalog.way === 'sample'
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Settings', href: '/settings' },
          { label: 'Catalogs', href: '/settings/catalogs' },
          { label: <HostText text={catalog.name} max={80} /> },
        ]}
        title={<HostText text={catalog.name} max={80} />}
        actions={<ButtonLink href={`/backups/${catalog.id}`}>Open its backups</ButtonLink>}
      >
        <HostText text={placeWords(catalog)} max={300} />.
      </PageHead>
      <KeyValue facts={factsOf(catalog)} />
      <section className="mt-8">
        <SectionHead title="Name, zone and director" ruled />
        <DescriptionForm catalog={catalog} hosts={hosts} zones={timeZones()} />
      </section>
      {isSample ? null : (
        <section className="mt-8">
          <SectionHead title="Where it is and who reads it" ruled />
          <MoveForm catalog={catalog} made={catalog.host ? await findAccountChange(catalog.host.id) : null} />
        </section>
      )}
      <section className="mt-8">
        <SectionHead title="Remove" ruled />
        <TypeToConfirm
          trigger={`Remove ${catalog.name}`}
          title={`Remove ${catalog.name}?`}
          name={catalog.name}
          confirm={`Remove ${catalog.name}`}
          hidden={{ catalogId: catalog.id }}
          action={removeNamedCatalog}
        >
          {isSample
            ? 'The sample goes with its file. A new one can be made at any time.'
            : 'What Pollux kept of its history goes: daily figures of pools, and which backups are on time. The catalog itself, its volumes and the account in its database are not touched.'}
        </TypeToConfirm>
      </section>
      <KeysBar keys={[]} />
    </>
  )
}

function factsOf({ schema, login, zone, zoneSource }: CatalogSettings) {
  return [
    { label: 'Catalog', value: <SchemaWords schema={schema} />, note: `schema ${schema.versionId}` },
    { label: 'Account', value: login === null ? 'none' : <HostText text={login} max={80} /> },
    { label: 'Time zone', value: zone, note: zoneSource === 'host' ? 'as read on the host' : 'told by a person' },
  ]
}

async function catalogOr404(ctx: Ctx, id: string): Promise<CatalogSettings> {
  try {
    return await getCatalogSettings(ctx, id)
  } catch (error) {
    if (isAppError(error) && error.code === 'not-found') notFound()
    throw error
  }
}
