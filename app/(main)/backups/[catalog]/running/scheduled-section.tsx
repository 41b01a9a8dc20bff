'use client'

import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import type { ScheduledJob } from '@/lib/director/parse-status'
import { whatOf } from './running-section'

const shown = 20

/** What the director will start within a day. */
export function ScheduledSection({ jobs, now }: { jobs: readonly ScheduledJob[]; now: number }) {
  const coming = jobs.filter(({ at }) => at !== null && at - now <= 86_400_000)
  return (
    <section className="overview-part" aria-labelledby="scheduled-jobs">
      <SectionHead id="scheduled-jobs" title="Starts in the next 24 hours" note="by the director" ruled />
      {coming.length === 0 ? <p className="text-text-2">No job is scheduled.</p> : null}
      <ul>
        {coming.slice(0, shown).map((job) => (
          <li key={`${job.at} ${job.name} ${job.level}`} className="home-change">
            <Mark status="waiting" />
            <span className="min-w-0">
              <HostText text={job.name} max={127} />
              <span className="home-change-note">
                {whatOf(job)}
                {job.pool === null ? null : (
                  <>
                    , pool <HostText text={job.pool} max={127} />
                  </>
                )}
                {job.volume === null || job.volume === '*unknown*' ? null : (
                  <>
                    , volume <HostText text={job.volume} max={127} />
                  </>
                )}
              </span>
            </span>
            <span className="text-text-3">{job.at === null ? '' : <RelativeTime at={job.at} short still />}</span>
          </li>
        ))}
      </ul>
      {coming.length > shown ? <p className="mt-2 text-12 text-text-3">{coming.length - shown} more.</p> : null}
    </section>
  )
}
