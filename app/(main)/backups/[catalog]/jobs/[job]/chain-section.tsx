import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { Mark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { Finding } from '@/components/show/finding'
import { type Column, DataTable } from '@/components/table/data-table'
import { type ChainLink, type ChainVolume, type JobChain, troubleOf } from '@/lib/catalog/jobs/job-chain'
import type { JobDetail } from '@/lib/catalog/jobs/job-detail'
import { isUnended } from '@/lib/catalog/jobs/job-line'
import { bytesText, isGood, jobLevelWords, jobStatusWords, laterInstant } from '@/lib/catalog/rules'
import { catalogHref } from '../../../links'
import { Bytes, Count, When } from '../job-figures'

const shownVolumes = 60
const shownLinks = 40

/** What a restore of a backup reads, whether all of it is there, and which volumes it asks for. */
export function ChainSection({
  catalogId,
  zone,
  job,
  chain: { chain, volumes, files, bytes },
}: {
  catalogId: string
  zone: string
  job: JobDetail
  chain: JobChain
}) {
  if (isUnended(jobStatusWords(job.status)))
    return (
      <section className="overview-part">
        <SectionHead title="What a restore of it takes" />
        <p className="text-text-2">
          It has not ended by what the catalog says, so nothing can be restored from it yet.
        </p>
      </section>
    )
  const hasEndedWell = isGood({ jobStatus: job.status })
  return (
    <section className="overview-part" aria-labelledby="chain">
      <h2 id="chain" className="sr-only">
        What a restore of it takes
      </h2>
      <Finding
        status={chain.isComplete ? (chain.doubts.length > 0 ? 'warn' : 'ok') : 'bad'}
        title={titleOf(chain.isComplete, hasEndedWell)}
        ways={<Needs catalogId={catalogId} volumes={volumes} />}
      >
        <HostText text={chain.because} max={400} />
        {chain.doubts.map((doubt) => (
          <span key={doubt} className="block">
            <HostText text={doubt} max={400} />
          </span>
        ))}
        {hasEndedWell ? <span className="block">{sizeWords(files, bytes)}</span> : null}
      </Finding>
      <DataTable
        label="What it stands on"
        columns={columnsOf(zone)}
        rows={shortened(chain.links)}
        rowId={({ jobId }) => String(jobId)}
        rowHref={({ jobId }) => catalogHref(catalogId, 'jobs', jobId)}
        chosenId={String(job.jobId)}
        blocks
      />
      {chain.links.length > shownLinks ? (
        <p className="mt-2 text-12 text-text-3">
          {(chain.links.length - shownLinks).toLocaleString('en')} more lie between the first and the last of them.
        </p>
      ) : null}
    </section>
  )
}

function titleOf(isComplete: boolean, hasEndedWell: boolean): string {
  if (!hasEndedWell) return 'A restore does not look at it'
  return isComplete ? 'It can be restored, by the catalog' : 'Not all that it stands on is there'
}

function sizeWords(files: number | null, bytes: number | null): string {
  if (files === null || bytes === null) return 'How much a restore of everything reads is not known.'
  return `A restore of everything reads at most ${bytesText(bytes)} in ${files.toLocaleString('en')} files.`
}

/** Of a long chain its beginning, which is the Full, and its end. */
function shortened(links: readonly ChainLink[]): ChainLink[] {
  return links.length <= shownLinks ? [...links] : [...links.slice(0, 10), ...links.slice(10 - shownLinks)]
}

function columnsOf(zone: string): readonly Column<ChainLink>[] {
  return [
    { id: 'job', head: 'Job', cell: ({ jobId }) => jobId },
    { id: 'level', head: 'Level', cell: ({ level }) => <HostText text={jobLevelWords(level).words} max={60} /> },
    { id: 'began', head: 'Began', cell: ({ startTime }) => <When at={laterInstant(startTime, zone)} />, number: true },
    { id: 'files', head: 'Files', cell: ({ files }) => <Count value={files} />, number: true },
    { id: 'bytes', head: 'Bytes', cell: ({ bytes }) => <Bytes value={bytes} />, number: true },
    {
      id: 'list',
      head: 'List of files',
      cell: ({ purgedFiles }) => (purgedFiles ? 'pruned' : 'in the catalog'),
      hideOnPhone: true,
    },
  ]
}

function Needs({ catalogId, volumes }: { catalogId: string; volumes: readonly ChainVolume[] }) {
  if (volumes.length === 0) return <p className="text-text-2">The catalog names no volume for it.</p>
  return (
    <>
      <p className="text-text-2">
        It asks for{' '}
        {volumes.length === 1 ? 'one volume' : `${volumes.length.toLocaleString('en')} volumes, in this order`}:
      </p>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {volumes.slice(0, shownVolumes).map((volume) => (
          <li key={volume.mediaId}>
            <VolumeName catalogId={catalogId} volume={volume} />
          </li>
        ))}
        {volumes.length > shownVolumes ? (
          <li className="text-text-3">and {volumes.length - shownVolumes} more</li>
        ) : null}
      </ul>
    </>
  )
}

function VolumeName({ catalogId, volume }: { catalogId: string; volume: ChainVolume }) {
  const trouble = troubleOf(volume)
  if (volume.name === null)
    return (
      <span className="nowrap text-bad-text">
        <Mark status="bad" /> number {volume.mediaId}, no longer in the catalog
      </span>
    )
  return (
    <span className="nowrap">
      {trouble ? <Mark status="bad" /> : null}{' '}
      <LinkText href={catalogHref(catalogId, 'volumes', volume.mediaId)} prefetch={false}>
        <HostText text={volume.name} max={127} />
      </LinkText>
      {trouble ? (
        <span className="text-bad-text">
          {' '}
          <HostText
            text={volume.enabled === 0 && volume.status !== 'Error' ? 'not enabled' : (volume.status ?? '')}
            max={30}
          />
        </span>
      ) : null}
    </span>
  )
}
