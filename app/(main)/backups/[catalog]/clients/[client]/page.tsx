import { notFound } from 'next/navigation'
import { KeysBar } from '@/components/frame/keys-bar'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import type { Params } from '@/components/table/sort'
import { readWindow } from '@/lib/catalog/clients/list-clients'
import { readClient } from '@/lib/catalog/clients/read-client'
import { clientHosts } from '@/lib/catalog/store/client-hosts'
import { catalogOf } from '../../../catalog-of'
import { CatalogTrouble } from '../../catalog-trouble'
import { readForPage } from '../../read-for-page'
import { ClientHead } from './client-head'
import { ClientJobsSection } from './client-jobs-section'
import { FileSetsSection } from './filesets-section'
import { RetentionSection } from './retention-section'
import { RunsSection } from './runs-section'
import { SizeSection } from './size-section'

interface Props {
  params: Promise<{ catalog: string; client: string }>
  searchParams: Promise<Params>
}

export const metadata = { title: 'Client' }

/** One client: how its backups stand, how it grows, what it keeps and for how long. */
export default async function ClientPage(props: Props) {
  const { catalog: catalogId, client: asked } = await props.params
  const params = await props.searchParams
  const { ctx, catalog } = await catalogOf(catalogId)
  const clientId = /^[1-9]\d{0,9}$/.test(asked) ? Number(asked) : null
  if (clientId === null || clientId > 4_294_967_295) notFound()
  const windowDays = readWindow(params.window)
  const reading = await readForPage(ctx, catalog.id, async (of) => ({
    page: await readClient(of, clientId, { windowDays }),
    zone: of.zone,
    now: of.now,
  }))
  if (!reading.ok)
    return (
      <>
        <CatalogTrouble sentence={reading.trouble.message} />
        <KeysBar keys={[]} />
      </>
    )
  const { page, zone, now } = reading.data
  const { client } = page.sums
  const host = (await clientHosts(ctx, [client.name])).get(client.name) ?? null
  const of = { catalogId: catalog.id, clientId, zone, now }
  return (
    <>
      <ClientHead {...of} page={page} host={host} windowDays={windowDays} />
      <ClientJobsSection {...of} jobs={page.jobs} windowDays={windowDays} />
      <SizeSection sizes={page.sizes} />
      <RetentionSection catalogId={catalog.id} client={client} pools={page.pools} remarks={page.remarks} />
      <FileSetsSection {...of} fileSets={page.fileSets} />
      <RunsSection
        {...of}
        title="Its last runs"
        runs={page.latest}
        all={{ client: String(clientId) }}
        allWords="All its jobs"
      />
      <RunsSection
        {...of}
        title="Its largest backups"
        runs={page.largest}
        all={{ client: String(clientId), type: 'B', sort: '-bytes' }}
        allWords="All by size"
      />
      <KeysBar keys={[...rowKeyHints, { keys: ['1', '6'], does: 'tabs' }]} />
    </>
  )
}
