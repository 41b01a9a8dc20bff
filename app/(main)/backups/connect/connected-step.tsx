import { notFound } from 'next/navigation'
import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { Wizard } from '@/components/change/wizard-rail'
import { KeysBar } from '@/components/frame/keys-bar'
import { type Crumb, PageHead } from '@/components/frame/page-head'
import { KeyValue } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { getCatalogSettings } from '@/lib/catalog/store/catalog-settings'
import { isAppError } from '@/lib/errors'
import { placeWords } from '../place-words'
import { railOf } from './rail'
import { SchemaWords } from './report-view'

/** The last step: the catalog is kept, and what comes next. */
export async function ConnectedStep({
  ctx,
  catalogId,
  crumbs,
}: {
  ctx: Ctx
  catalogId: string
  crumbs: readonly Crumb[]
}) {
  const catalog = await getCatalogSettings(ctx, catalogId).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not-found') notFound()
    throw error
  })
  const isSample = catalog.way === 'sample'
  return (
    <>
      <PageHead crumbs={crumbs} title={isSample ? 'The sample is there' : `${catalog.name} is connected`}>
        {isSample ? 'A year of backups that never happened.' : 'Pollux reads it from now on.'}
      </PageHead>
      <Wizard steps={railOf('connected', { way: isSample ? 'sample' : null, where: placeWords(catalog) })}>
        <Note status="ok" title={isSample ? 'The sample was made' : 'The test went well, and the catalog is kept'} live>
          {isSample
            ? 'It is made anew as time goes on, so that its last night is always the last one. Remove it in the settings.'
            : 'Its name, its time zone and the account that reads it can be changed in the settings.'}
        </Note>
        <div className="mt-5 mb-6">
          <KeyValue
            facts={[
              { label: 'Name', value: <HostText text={catalog.name} max={80} /> },
              { label: 'Catalog', value: <SchemaWords schema={catalog.schema} /> },
              { label: 'Where', value: <HostText text={placeWords(catalog)} max={300} /> },
              {
                label: 'Time zone',
                value: catalog.zone,
                note: catalog.zoneSource === 'host' ? 'as read on the host' : undefined,
              },
              {
                label: 'Console',
                value: catalog.directorHost?.name ?? 'none: jobs that run are seen in the catalog alone',
              },
            ]}
          />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <ButtonLink kind="primary" href={`/backups/${catalog.id}`}>
            Open {isSample ? 'the sample' : catalog.name}
          </ButtonLink>
          <LinkText href={`/settings/catalogs/${catalog.id}`}>Its settings</LinkText>
        </div>
      </Wizard>
      <KeysBar keys={[]} />
    </>
  )
}
