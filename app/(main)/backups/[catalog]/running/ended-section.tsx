'use client'

import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark, type Status } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import type { JobSeverity } from '@/lib/catalog/rules/job-words'
import type { TerminatedJob } from '@/lib/director/parse-status'
import { Bytes } from './bytes'
import { whatOf } from './running-section'
import { jobStatusWords } from './running-words'

const marks: Readonly<Partial<Record<JobSeverity, Status>>> = {
  good: 'ok',
  warned: 'warn',
  failed: 'bad',
  canceled: 'info',
}

/** The jobs that the director remembers to have ended last. */
export function EndedSection({ jobs, jobsHref }: { jobs: readonly TerminatedJob[]; jobsHref: string }) {
  return (
    <section className="overview-part" aria-labelledby="ended-jobs">
      <SectionHead id="ended-jobs" title="Ended last" note="as the director remembers" ruled />
      {jobs.length === 0 ? <p className="text-text-2">None since the director began.</p> : null}
      <ul>
        {jobs.slice(0, 10).map((job) => {
          const status = jobStatusWords(job.status, job.errors ?? 0)
          return (
            <li key={job.jobId} className="home-change">
              <Mark status={marks[status.severity] ?? 'unknown'} />
              <span className="min-w-0">
                <LinkText href={`${jobsHref}/${job.jobId}`}>
                  <HostText text={job.name} max={127} />
                </LinkText>
                <span className="home-change-note">
                  #{job.jobId}, {whatOf(job)}, {status.words}, {filesText(job.files)}, <Bytes bytes={job.bytes} />
                </span>
              </span>
              <span className="text-text-3">
                {job.endedAt === null ? '' : <RelativeTime at={job.endedAt} short still />}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function filesText(files: number | null): string {
  if (files === null) return 'files not known'
  return `${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}`
}
