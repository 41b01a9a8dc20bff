import { ButtonLink } from '@/components/base/button'
import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { tellSpan } from '@/components/base/tell-time'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Params, Sort } from '@/components/table/sort'
import { enabledWords, volumeStatusWords } from '@/lib/catalog/rules'
import { type VolumeList, type VolumeSort, volumesPerPage } from '@/lib/catalog/volumes/list-volumes'
import type { JudgedVolumeRow } from '@/lib/catalog/volumes/volume-row'
import { catalogHref } from '../../links'
import { Bytes } from '../bytes'
import { OnPhone } from '../on-phone'
import { Pages } from '../pages'
import { Span } from '../span'
import { StoredTime } from './stored-time'

interface VolumesTableProps {
  catalogId: string
  zone: string
  list: VolumeList
  page: number
  /** Null where the order is fixed. */
  sort: Sort<VolumeSort> | null
  params: Params
}

/** One page of volumes, each with what its status means, when it expires and why it can be pruned or not. */
export function VolumesTable({ catalogId, zone, list, page, sort, params }: VolumesTableProps) {
  const path = catalogHref(catalogId, 'volumes')
  return (
    <>
      <DataTable
        label="Volumes"
        columns={columnsOf(zone)}
        rows={list.rows}
        rowId={({ mediaId }) => String(mediaId)}
        rowHref={({ mediaId }) => catalogHref(catalogId, 'volumes', mediaId)}
        sort={sort === null ? undefined : { now: sort, path, params }}
        blocks
        empty={
          <EmptyState title="No volume fits" actions={<ButtonLink href={path}>Show all volumes</ButtonLink>}>
            {list.total === 0
              ? 'No volume of this catalog fits the filter.'
              : `The page is past the end: ${list.total.toLocaleString('en')} volumes fit.`}
          </EmptyState>
        }
      />
      <Pages page={page} rows={list.total} pageSize={volumesPerPage} what="volumes" path={path} params={params} />
    </>
  )
}

function columnsOf(zone: string): readonly Column<JudgedVolumeRow>[] {
  return [
    { id: 'name', head: 'Volume', sortable: true, cell: ({ name }) => <HostText text={name} max={127} /> },
    {
      id: 'pool',
      head: 'Pool',
      sortable: true,
      cell: ({ pool }) =>
        pool === null ? <span className="text-text-3">none</span> : <HostText text={pool} max={60} />,
      inBlock: 'rest',
    },
    { id: 'status', head: 'Status', sortable: true, cell: (volume) => <VolumeStatus volume={volume} /> },
    { id: 'bytes', head: 'Space', number: true, sortable: true, cell: ({ bytes }) => <Bytes bytes={bytes} /> },
    {
      id: 'written',
      head: 'Last written',
      number: true,
      sortable: true,
      cell: ({ lastWritten }) => (
        <>
          <OnPhone>written </OnPhone>
          <StoredTime stored={lastWritten} zone={zone} />
        </>
      ),
    },
    {
      id: 'retention',
      head: 'Retention',
      number: true,
      sortable: true,
      cell: ({ retention }) => <Span seconds={retention} />,
      hideOnPhone: true,
    },
    {
      id: 'due',
      head: 'Prunable',
      sortable: true,
      cell: (volume) => (
        <>
          <OnPhone>Prunable: </OnPhone>
          <Prunable volume={volume} />
        </>
      ),
      inBlock: 'line',
    },
    {
      id: 'jobs',
      head: 'Jobs',
      number: true,
      sortable: true,
      cell: ({ jobs }) => <Figure value={jobs} />,
      hideOnPhone: true,
    },
    { id: 'errors', head: 'Health', sortable: true, cell: (volume) => <Health volume={volume} />, inBlock: 'line' },
  ]
}

/** What the status means is one hover away, and stands on the volume's own page. */
export function VolumeStatus({ volume: { volStatus, enabled } }: { volume: JudgedVolumeRow }) {
  const { state, means, next } = volumeStatusWords(volStatus)
  const mark = state === 'broken' ? 'bad' : state === 'unknown' ? 'unknown' : null
  const words = <HostText text={volStatus} max={40} />
  return (
    <span title={`${means} ${next}`}>
      {mark ? <StatusMark status={mark}>{words}</StatusMark> : words}
      {enabled === 1 || enabled === null ? null : (
        <span className="text-text-3" title={enabledWords(enabled)}>
          {enabled === 2 ? ', archived' : ', not enabled'}
        </span>
      )}
    </span>
  )
}

/** Signed: "since 12 d" for what is past, "in 3 d" for what comes. The reason is one hover away. */
export function Prunable({ volume: { verdict } }: { volume: JudgedVolumeRow }) {
  const { state, expiresIn, comesBack, because } = verdict
  if (state === 'unknown')
    return (
      <span className="text-text-3" title={because}>
        unknown
      </span>
    )
  if (state === 'never')
    return (
      <span className="text-text-3" title={because}>
        no
      </span>
    )
  if (state === 'in-retention')
    return <span title={because}>{expiresIn === null ? 'not yet' : `in ${tellSpan(expiresIn)}`}</span>
  const since = expiresIn === null ? 'now' : `since ${tellSpan(-expiresIn)}`
  return <span title={because}>{comesBack ? since : `${since}, without gain`}</span>
}

function Health({ volume: { health } }: { volume: JudgedVolumeRow }) {
  const [first, ...others] = health.findings
  if (!first) return null
  return (
    <span title={health.findings.map(({ because }) => because).join(' ')}>
      <StatusMark status="warn">
        {first.because.split(';')[0]}
        {others.length > 0 ? ` and ${others.length} more` : ''}
      </StatusMark>
    </span>
  )
}
