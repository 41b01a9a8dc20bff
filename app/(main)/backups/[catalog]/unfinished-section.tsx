import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark, type Status } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { shownUnfinished, type UnfinishedJob } from '@/lib/catalog/overview/unfinished-jobs'
import { catalogHref } from '../links'

const shown = 8
const longMs = 3 * 86_400_000

/** What runs or waits by the catalog; the page of what runs asks the director himself. */
export function UnfinishedSection({
  catalogId,
  jobs,
  now,
}: {
  catalogId: string
  jobs: readonly UnfinishedJob[]
  now: number
}) {
  return (
    <section className="overview-part" aria-labelledby="unfinished">
      <SectionHead
        id="unfinished"
        title={titleOf(jobs.length)}
        note="by the catalog"
        right={<LinkText href={catalogHref(catalogId, 'running')}>Ask the director</LinkText>}
        ruled
      />
      {jobs.length === 0 ? (
        <p className="text-text-2">No job runs or waits.</p>
      ) : (
        <ul>
          {jobs.slice(0, shown).map((job) => (
            <Line key={job.jobId} catalogId={catalogId} job={job} now={now} />
          ))}
        </ul>
      )}
      {jobs.length > shown ? <p className="mt-2 text-12 text-text-3">{countOf(jobs.length - shown)} more.</p> : null}
    </section>
  )
}

function Line({ catalogId, job, now }: { catalogId: string; job: UnfinishedJob; now: number }) {
  const isOld = job.startedAt !== null && now - job.startedAt > longMs
  const mark: Status =
    isOld || job.status.needsHands ? 'warn' : job.status.severity === 'running' ? 'running' : 'waiting'
  return (
    <li className="home-change">
      <Mark status={mark} />
      <span className="min-w-0">
        <LinkText href={catalogHref(catalogId, 'jobs', job.jobId)}>
          <HostText text={job.job} max={127} />
        </LinkText>
        <span className="home-change-note">
          #{job.jobId}, {job.what},{' '}
          {job.client === null ? 'client not in the catalog' : <HostText text={job.client} max={127} />};{' '}
          {job.status.words}
          {isOld ? '. A director that crashed leaves such rows behind: it may not run any more' : ''}
        </span>
      </span>
      <span className="text-text-3">
        {job.startedAt === null ? '' : <RelativeTime at={job.startedAt} short still />}
      </span>
    </li>
  )
}

function titleOf(count: number): string {
  return count === 0 ? 'Nothing runs' : `${countOf(count)} ${count === 1 ? 'job has' : 'jobs have'} not ended`
}

function countOf(count: number): string {
  return count > shownUnfinished ? `More than ${shownUnfinished}` : count.toLocaleString('en')
}
