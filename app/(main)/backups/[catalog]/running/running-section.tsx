'use client'

import type { ReactNode } from 'react'
import { Bar } from '@/components/base/bar'
import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import type { LiveJob } from '@/lib/director/live/running-state'
import { Bytes } from './bytes'
import { OperationButton } from './operation-button'
import { jobLevelWords, jobTypeWords, lastText, progressOf } from './running-words'

/** The jobs at work. */
export function RunningSection({
  jobs,
  silent,
  jobsHref,
  operate,
  right,
}: {
  jobs: readonly LiveJob[]
  silent: readonly string[]
  jobsHref: string
  operate: string | null
  right: ReactNode
}) {
  return (
    <section className="overview-part" aria-labelledby="running-jobs">
      <SectionHead
        id="running-jobs"
        title={jobs.length === 0 ? 'Nothing runs' : jobs.length === 1 ? 'One job runs' : `${jobs.length} jobs run`}
        right={right}
        ruled
      />
      <DataTable
        label="Running jobs"
        columns={columnsOf(silent, operate)}
        rows={jobs}
        rowId={(job) => String(job.jobId)}
        rowHref={(job) => `${jobsHref}/${job.jobId}`}
        blocks
        empty={<p className="text-text-2">The director works on no job now. The next ones stand below.</p>}
      />
    </section>
  )
}

function columnsOf(silent: readonly string[], operate: string | null): Column<LiveJob>[] {
  return [
    { id: 'job', head: 'Job', cell: (job) => <HostText text={job.name} max={127} />, inBlock: 'line' },
    { id: 'what', head: 'Level', cell: whatOf },
    { id: 'client', head: 'Client', cell: (job) => <Client job={job} isSilent={silent.includes(job.client ?? '')} /> },
    { id: 'files', head: 'Files', number: true, cell: (job) => <Figure value={job.files} /> },
    { id: 'bytes', head: 'Bytes', number: true, cell: (job) => <Bytes bytes={job.bytes} /> },
    {
      id: 'rate',
      head: 'Rate',
      number: true,
      cell: (job) =>
        job.rate === null ? <span className="text-text-3">–</span> : <Bytes bytes={job.rate} perSecond />,
    },
    { id: 'progress', head: 'Against the last one', cell: (job) => <ProgressCell job={job} />, inBlock: 'line' },
    {
      id: 'file',
      head: 'File now',
      inBlock: 'line',
      cell: (job) =>
        job.file === null ? (
          <span className="text-text-3">–</span>
        ) : (
          <span className="running-file" title={job.file}>
            <HostText text={job.file} max={400} />
          </span>
        ),
    },
    {
      id: 'since',
      head: 'Since',
      number: true,
      cell: (job) => (job.startedAt === null ? '–' : <RelativeTime at={job.startedAt} short still />),
    },
    ...(operate === null
      ? []
      : [
          {
            id: 'acts',
            head: <span className="sr-only">Actions</span>,
            cell: (job: LiveJob) => (
              <OperationButton
                catalogId={operate}
                operation={{ kind: 'cancel', jobId: job.jobId, job: job.uniqueName }}
                label={`Cancel ${job.name}, job ${job.jobId}`}
              >
                Cancel
              </OperationButton>
            ),
          },
        ]),
  ]
}

/** "Full", or for what is no backup what it is. */
export function whatOf(job: { type: string; level: string }): string {
  return job.type === 'B' ? jobLevelWords(job.level).words : jobTypeWords(job.type)
}

function Client({ job, isSilent }: { job: LiveJob; isSilent: boolean }) {
  return (
    <>
      {job.client === null ? <span className="text-text-3">–</span> : <HostText text={job.client} max={127} />}
      {isSilent ? (
        <span className="home-change-note">does not answer; the director’s figures are up to 30 s old</span>
      ) : null}
    </>
  )
}

function ProgressCell({ job }: { job: LiveJob }) {
  const progress = progressOf(job)
  if (job.last === null) return <span className="text-text-3">none ended well yet</span>
  return (
    <>
      {progress === null ? null : (
        <span className="running-progress">
          <Bar used={progress.done} of={progress.of} />
          <span>{progress.words}</span>
        </span>
      )}
      <span className="home-change-note">
        {progress?.left ? `${progress.left}; ` : ''}
        {lastText(job.last)}
      </span>
    </>
  )
}
