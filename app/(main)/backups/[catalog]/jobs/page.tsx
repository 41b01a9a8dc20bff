import { KeysBar } from '@/components/frame/keys-bar'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { Note } from '@/components/show/finding'
import { type Params, readSort } from '@/components/table/sort'
import { jobSorts, readJobFilter } from '@/lib/catalog/jobs/job-filter'
import { jobChoices, listJobs } from '@/lib/catalog/jobs/list-jobs'
import { mostSearched } from '@/lib/catalog/jobs/search-log'
import { catalogOf } from '../../catalog-of'
import { ExportLinks } from '../../export-links'
import { catalogHref } from '../../links'
import { CatalogTrouble } from '../catalog-trouble'
import { Pages, pageOf } from '../pages'
import { readInTurn } from '../read-for-page'
import { JobFilters } from './job-filters'
import { JobTotalsLine } from './job-totals'
import { JobsTable } from './jobs-table'

const pageSize = 50

/** Every job of a catalog: filtered, summed, sorted and paged by the database. All of it stands in the address. */
export default async function JobsPage(props: { params: Promise<{ catalog: string }>; searchParams: Promise<Params> }) {
  const { ctx, catalog } = await catalogOf((await props.params).catalog)
  const params = await props.searchParams
  const filter = readJobFilter(params)
  const sort = readSort(params, jobSorts, { by: 'id', descending: true })
  const page = pageOf(params)
  const [reads, choices] = readInTurn(
    ctx,
    catalog.id,
    async (of) => ({ list: await listJobs(of, { filter, sort, page, pageSize }), zone: of.zone }),
    jobChoices,
  )
  const reading = await reads
  const path = catalogHref(catalog.id, 'jobs')
  if (!reading.ok)
    return (
      <>
        <CatalogTrouble sentence={reading.trouble.message} />
        <KeysBar keys={[]} />
      </>
    )
  const { list, zone } = reading.data
  return (
    <>
      <JobTotalsLine
        totals={list.totals}
        filter={filter}
        right={<ExportLinks catalogId={catalog.id} table="jobs" what="jobs" params={params} />}
      />
      <JobFilters path={path} params={params} filter={filter} choices={choices} zone={zone} />
      {list.tooManyForLog ? (
        <div className="mb-4">
          <Note status="info" title="The logs were not searched">
            The filter leaves {list.totals.jobs.toLocaleString('en')} jobs, and the logs of at most{' '}
            {mostSearched.toLocaleString('en')} can be searched. Narrow it by client, name, status or date.
          </Note>
        </div>
      ) : null}
      <JobsTable catalogId={catalog.id} list={list} filter={filter} zone={zone} sort={sort} params={params} />
      <Pages path={path} params={params} page={page} rows={list.totals.jobs} pageSize={pageSize} what="jobs" />
      <KeysBar keys={[...rowKeyHints, { keys: ['/'], does: 'filter' }, { keys: ['1', '6'], does: 'tabs' }]} />
    </>
  )
}
