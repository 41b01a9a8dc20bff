'use client'

import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import type { LiveJob } from '@/lib/director/live/running-state'
import { OperationButton } from './operation-button'
import { whatOf } from './running-section'
import { jobStatusWords } from './running-words'

/** The jobs that wait, and for what; those that wait for a person first. */
export function WaitingSection({
  jobs,
  jobsHref,
  operate,
}: {
  jobs: readonly LiveJob[]
  jobsHref: string
  operate: string | null
}) {
  if (jobs.length === 0) return null
  const rows = jobs.toSorted((a, b) => Number(needsHands(b)) - Number(needsHands(a)))
  return (
    <section className="overview-part" aria-labelledby="waiting-jobs">
      <SectionHead
        id="waiting-jobs"
        title={jobs.length === 1 ? 'One job waits' : `${jobs.length} jobs wait`}
        note="and for what, in the director’s words"
        ruled
      />
      <ul>
        {rows.map((job) => (
          <li key={job.jobId} className="home-change">
            <Mark status={needsHands(job) ? 'warn' : 'waiting'} />
            <span className="min-w-0">
              <LinkText href={`${jobsHref}/${job.jobId}`}>
                <HostText text={job.name} max={127} />
              </LinkText>
              <span className="home-change-note">
                #{job.jobId}, {whatOf(job)}
                {job.client === null ? null : (
                  <>
                    , <HostText text={job.client} max={127} />
                  </>
                )}
                ; <HostText text={job.statusWords || jobStatusWords(job.status).words} max={200} />
                {job.scheduledAt === null ? null : (
                  <>
                    , since <RelativeTime at={job.scheduledAt} short still />
                  </>
                )}
              </span>
            </span>
            {operate === null ? null : (
              <OperationButton
                catalogId={operate}
                operation={{ kind: 'cancel', jobId: job.jobId, job: job.uniqueName }}
                label={`Cancel ${job.name}, job ${job.jobId}`}
              >
                Cancel
              </OperationButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function needsHands(job: LiveJob): boolean {
  return jobStatusWords(job.status).needsHands
}
