import { ButtonLink } from '@/components/base/button'
import { FilterBar } from '@/components/table/filter-bar'
import type { Params } from '@/components/table/sort'
import type { VolumeFilter, VolumeList, volumeChoices } from '@/lib/catalog/volumes/list-volumes'
import { ExportLinks } from '../../export-links'
import { catalogHref } from '../../links'
import { KnownBytes } from '../known-bytes'

/** The filter and what fits it: the count and the bytes are of all rows, not of the page. */
export function VolumesFilter({
  catalogId,
  choices,
  filter,
  params,
  list,
}: {
  catalogId: string
  choices: Awaited<ReturnType<typeof volumeChoices>>
  filter: VolumeFilter
  params: Params
  list: VolumeList
}) {
  const path = catalogHref(catalogId, 'volumes')
  const named = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    <>
      <FilterBar
        path={path}
        params={params}
        search={{ name: 'q', label: 'Name of a volume' }}
        selects={[
          {
            name: 'pool',
            label: 'Pool',
            options: choices.pools.map(({ id, name }) => ({ value: String(id), label: name })),
          },
          { name: 'status', label: 'Status', options: named(choices.statuses) },
          {
            name: 'prune',
            label: 'Prunable',
            options: [
              { value: 'now', label: 'now, and gives its space back' },
              { value: 'kept', label: 'now, without gain' },
              { value: 'not', label: 'not now' },
            ],
          },
          {
            name: 'health',
            label: 'Health',
            options: [
              { value: 'findings', label: 'worth a look' },
              { value: 'fine', label: 'nothing found' },
            ],
          },
          ...(choices.types.length > 1 ? [{ name: 'type', label: 'Media type', options: named(choices.types) }] : []),
          {
            name: 'enabled',
            label: 'Enabled',
            options: [
              { value: '1', label: 'yes' },
              { value: '0', label: 'no' },
              { value: '2', label: 'archived' },
            ],
          },
        ]}
        right={isFiltered ? <ButtonLink href={path}>Show all volumes</ButtonLink> : null}
      />
      <p className="mt-3 mb-2 text-text-2">
        {list.total.toLocaleString('en')} {list.total === 1 ? 'volume' : 'volumes'}
        {isFiltered ? (list.total === 1 ? ' fits' : ' fit') : ''},{' '}
        <KnownBytes bytes={list.bytes} volumes={list.total} unsized={list.unsized} />. As a file:{' '}
        <ExportLinks catalogId={catalogId} table="volumes" what="volumes" params={params} />
      </p>
    </>
  )
}
