import { HostText } from '@/components/base/host-text'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Params } from '@/components/table/sort'
import { jobLevelWords, jobStatusWords, laterInstant } from '@/lib/catalog/rules'
import { jobsPerPage, type VolumeJob, type VolumeJobs } from '@/lib/catalog/volumes/volume-jobs'
import { catalogHref } from '../../../links'
import { Bytes } from '../../bytes'
import { CatalogTime } from '../../catalog-time'
import { Pages } from '../../pages'

/** The jobs that have something on a volume, the newest first. */
export function JobsOnVolume({
  catalogId,
  zone,
  jobs,
  page,
  path,
  params,
}: {
  catalogId: string
  zone: string
  jobs: VolumeJobs
  page: number
  path: string
  params: Params
}) {
  const columns: readonly Column<VolumeJob>[] = [
    { id: 'id', head: 'Job', cell: ({ jobId }) => jobId },
    {
      id: 'name',
      head: 'Name',
      cell: ({ name }) =>
        name === null ? (
          <span className="text-text-3">no longer in the catalog</span>
        ) : (
          <HostText text={name} max={127} />
        ),
      inBlock: 'rest',
    },
    { id: 'level', head: 'Level', cell: ({ level }) => (level === null ? '' : jobLevelWords(level).words) },
    { id: 'status', head: 'Ended', cell: ({ status }) => (status === null ? '' : jobStatusWords(status).words) },
    {
      id: 'started',
      head: 'Began',
      number: true,
      cell: ({ startTime }) => <CatalogTime at={laterInstant(startTime, zone)} zone={zone} />,
      inBlock: 'line',
    },
    {
      id: 'bytes',
      head: 'On this volume',
      number: true,
      cell: ({ estimate }) => (
        <span title={estimate.because}>
          {estimate.bytes === null ? '' : 'about '}
          <Bytes bytes={estimate.bytes} />
        </span>
      ),
    },
  ]
  return (
    <>
      <DataTable
        label="Jobs on the volume"
        columns={columns}
        rows={jobs.rows}
        rowId={({ jobId }) => String(jobId)}
        rowHref={({ jobId }) => catalogHref(catalogId, 'jobs', jobId)}
        blocks
        empty={<p className="text-text-2">The catalog knows no job on it{page > 1 ? ' on this page' : ''}.</p>}
      />
      <Pages page={page} rows={jobs.total} pageSize={jobsPerPage} what="jobs" path={path} params={params} />
    </>
  )
}
