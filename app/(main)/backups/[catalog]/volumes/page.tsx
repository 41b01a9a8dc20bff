import { KeysBar } from '@/components/frame/keys-bar'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import type { Params } from '@/components/table/sort'
import { readSort } from '@/components/table/sort'
import { listVolumes, readVolumeFilter, volumeChoices, volumeSorts } from '@/lib/catalog/volumes/list-volumes'
import { catalogOf } from '../../catalog-of'
import { CatalogTrouble } from '../catalog-trouble'
import { pageOf } from '../pages'
import { readForPage } from '../read-for-page'
import { LimitsForm } from './limits-form'
import { VolumesFilter } from './volumes-filter'
import { VolumesTable } from './volumes-table'

/** All volumes of a catalog: found, sorted and paged where they are. */
export default async function VolumesPage({
  params,
  searchParams,
}: {
  params: Promise<{ catalog: string }>
  searchParams: Promise<Params>
}) {
  const { ctx, catalog, mayEdit } = await catalogOf((await params).catalog)
  const address = await searchParams
  const filter = readVolumeFilter(address)
  const sort = readSort(address, volumeSorts, { by: 'written', descending: true })
  const page = pageOf(address)
  const reading = await readForPage(ctx, catalog.id, async (of) => ({
    choices: await volumeChoices(of),
    list: await listVolumes(of, { filter, sort, page }),
    limits: of.limits,
  }))
  if (!reading.ok) return <CatalogTrouble sentence={reading.trouble.message} />
  const { choices, list, limits } = reading.data
  return (
    <>
      <VolumesFilter catalogId={catalog.id} choices={choices} filter={filter} params={address} list={list} />
      <VolumesTable catalogId={catalog.id} zone={catalog.zone} list={list} page={page} sort={sort} params={address} />
      {mayEdit ? <LimitsForm catalogId={catalog.id} limits={limits} /> : null}
      <KeysBar keys={[...rowKeyHints, { keys: ['/'], does: 'filter' }]} />
    </>
  )
}
