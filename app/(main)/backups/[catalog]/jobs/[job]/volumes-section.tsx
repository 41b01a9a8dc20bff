import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import type { JobDetail } from '@/lib/catalog/jobs/job-detail'
import type { JobVolume, JobVolumes } from '@/lib/catalog/jobs/job-volumes'
import { catalogHref } from '../../../links'
import { Bytes, NameOf } from '../job-figures'

/** The volumes that the job itself wrote on, and about how much of each is its own. */
export function VolumesSection({
  catalogId,
  job,
  volumes: { volumes, isCut },
}: {
  catalogId: string
  job: JobDetail
  volumes: JobVolumes
}) {
  return (
    <section className="overview-part" aria-labelledby="its-volumes">
      <SectionHead
        id="its-volumes"
        title={titleOf(volumes.length)}
        note={volumes.length > 0 ? 'in the order it wrote them; bytes are estimates' : null}
      />
      {volumes.length === 0 ? (
        <p className="text-text-2">{nothingWords(job)}</p>
      ) : (
        <DataTable
          label="Its volumes"
          columns={columns}
          rows={volumes}
          rowId={({ mediaId }) => String(mediaId)}
          rowHref={({ mediaId }) => catalogHref(catalogId, 'volumes', mediaId)}
          blocks
        />
      )}
      {isCut ? (
        <p className="mt-2 text-12 text-text-3">It lies in so many parts that only the first 20,000 were read.</p>
      ) : null}
    </section>
  )
}

const columns: readonly Column<JobVolume>[] = [
  {
    id: 'volume',
    head: 'Volume',
    cell: ({ name, mediaId }) => <NameOf text={name} none={`number ${mediaId}, no longer in the catalog`} />,
  },
  { id: 'status', head: 'Status', cell: ({ status }) => <NameOf text={status} none="unknown" /> },
  { id: 'pool', head: 'Pool', cell: ({ pool }) => <NameOf text={pool} none="unknown" /> },
  {
    id: 'type',
    head: 'Media type',
    cell: ({ mediaType }) => <NameOf text={mediaType} none="unknown" />,
    hideOnPhone: true,
  },
  {
    id: 'bytes',
    head: 'Of it, about',
    number: true,
    cell: ({ estimate }) => (
      <span title={estimate.because}>
        <Bytes value={estimate.bytes} />
      </span>
    ),
  },
  {
    id: 'why',
    head: 'By',
    cell: ({ estimate }) => (
      <span className="text-12 text-text-3">
        <HostText text={estimate.because} max={200} />
      </span>
    ),
    hideOnPhone: true,
  },
]

function titleOf(count: number): string {
  if (count === 0) return 'On no volume'
  return count === 1 ? 'On one volume' : `On ${count.toLocaleString('en')} volumes`
}

function nothingWords({ type, bytes }: JobDetail): string {
  if (type === 'R') return 'A restore writes on no volume. Which ones it read, its log tells.'
  if (bytes === 0) return 'It wrote nothing.'
  return 'The catalog names no volume for it: they may have been pruned or purged, or it never got that far.'
}
