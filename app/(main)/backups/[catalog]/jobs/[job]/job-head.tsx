import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { FactsLine, KeyValue } from '@/components/show/facts-line'
import type { JobDetail } from '@/lib/catalog/jobs/job-detail'
import { figuresOf, isUnended } from '@/lib/catalog/jobs/job-line'
import { isNoTime, jobTypeWords } from '@/lib/catalog/rules'
import { catalogHref } from '../../../links'
import { Bytes, Count, compressionWords, Duration, JobStatus, NameOf, Unknown, When } from '../job-figures'

/** What a run was, how it ended and what it wrote. */
export function JobHead({ catalogId, zone, job }: { catalogId: string; zone: string; job: JobDetail }) {
  const figures = figuresOf(job, { zone })
  const runs = isUnended(figures.words)
  return (
    <>
      <SectionHead
        title={
          <>
            Job {job.jobId}, <NameOf text={job.name} none="no name" />
          </>
        }
        note={<HostText text={figures.what} max={60} />}
        right={<LinkText href={catalogHref(catalogId, 'jobs')}>All jobs</LinkText>}
      />
      <p className="mb-4">
        <JobStatus words={figures.words} />
        {runs ? (
          <span className="text-text-2">
            {' '}
            The catalog alone can’t tell: <LinkText href={catalogHref(catalogId, 'running')}>ask the director</LinkText>
            .
          </span>
        ) : null}
      </p>
      <FactsLine
        facts={[
          { label: 'Began', value: <When at={figures.startedAt} none={runs ? 'not yet' : 'unknown'} /> },
          {
            label: 'Took',
            value: runs ? 'not ended' : <Duration seconds={figures.seconds} because={whyNoTime(job)} />,
          },
          { label: 'Files', value: <Count value={job.files} /> },
          { label: 'Bytes', value: <Bytes value={job.bytes} /> },
          {
            label: 'Throughput',
            value: figures.rate === null ? <Unknown /> : <Bytes value={figures.rate} perSecond />,
          },
          {
            label: 'Compression',
            value:
              figures.compression === null ? (
                <Unknown title="The catalog does not tell what was read" />
              ) : (
                compressionWords(figures.compression)
              ),
          },
        ]}
      />
      <div className="mb-6">
        <KeyValue
          facts={[
            { label: 'Client', value: <ClientOf catalogId={catalogId} job={job} /> },
            { label: 'Fileset', value: <NameOf text={job.fileSet} none="not in the catalog" /> },
            { label: 'Pool', value: <PoolOf catalogId={catalogId} job={job} /> },
            { label: 'Type', value: <HostText text={jobTypeWords(job.type)} max={60} /> },
            {
              label: 'Run',
              value: (
                <span className="mono">
                  <NameOf text={job.uniqueName} none="no name" />
                </span>
              ),
            },
            { label: 'Times', value: timesOf(job), note: `as on the director’s clock, ${zone}` },
            {
              label: 'Read',
              value: <Bytes value={job.readBytes || null} />,
              note: job.readBytes ? 'before compression' : null,
            },
            { label: 'Errors', value: <Count value={job.errors} /> },
            { label: 'Missing files', value: <Count value={job.missingFiles} /> },
            {
              label: 'List of files',
              value: job.purgedFiles ? 'pruned: it can be restored as a whole, not file by file' : 'in the catalog',
            },
            ...(job.comment ? [{ label: 'Comment', value: <HostText text={job.comment} max={400} /> }] : []),
          ]}
        />
      </div>
    </>
  )
}

/** Why the time it took is not known. */
function whyNoTime({ startTime, endTime }: JobDetail): string {
  return isNoTime(startTime) || isNoTime(endTime)
    ? 'The catalog has no start or no end of it'
    : 'The catalog says that it ended before it began'
}

function timesOf({ schedTime, startTime, endTime }: JobDetail) {
  const times = [
    ['scheduled', schedTime],
    ['began', startTime],
    ['ended', endTime],
  ] as const
  const told = times.filter(([, time]) => !isNoTime(time)).map(([what, time]) => `${what} ${time}`)
  return told.length === 0 ? <Unknown /> : <HostText text={told.join(', ')} max={200} />
}

function ClientOf({ catalogId, job }: { catalogId: string; job: JobDetail }) {
  if (job.client === null)
    return <span className="text-text-3">{job.clientId ? `number ${job.clientId}, not in the catalog` : 'none'}</span>
  return (
    <LinkText href={catalogHref(catalogId, 'clients', job.clientId ?? 0)}>
      <NameOf text={job.client} none="none" />
    </LinkText>
  )
}

function PoolOf({ catalogId, job }: { catalogId: string; job: JobDetail }) {
  if (job.pool === null)
    return <span className="text-text-3">{job.poolId ? `number ${job.poolId}, not in the catalog` : 'none'}</span>
  return (
    <LinkText href={catalogHref(catalogId, 'pools', job.poolId ?? 0)}>
      <NameOf text={job.pool} none="none" />
    </LinkText>
  )
}
