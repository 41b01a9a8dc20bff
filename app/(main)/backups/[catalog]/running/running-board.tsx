'use client'

import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { FactsLine } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import type { RunningPart, RunningState } from '@/lib/director/live/running-state'
import { Bytes } from './bytes'
import { DoMenu } from './do-menu'
import { EndedSection } from './ended-section'
import { RunningSection } from './running-section'
import { ScheduledSection } from './scheduled-section'
import { useRunning } from './use-running'
import { WaitingSection } from './waiting-section'

/** The whole of what the director says, kept true while the page is open. */
export function RunningBoard({
  catalogId,
  first,
  mayOperate,
  jobsHref,
  doHref,
}: {
  catalogId: string
  first: RunningPart
  mayOperate: boolean
  jobsHref: string
  doHref: string
}) {
  const { part, isLive } = useRunning(catalogId, first)
  const { state, trouble } = part
  const operate = mayOperate ? catalogId : null
  return (
    <>
      {trouble === null ? null : (
        <div className="mb-4">
          <Note status="bad" title="The director did not tell" live>
            {trouble}
            {state === null ? '' : ' What stands below is from the last look.'}
          </Note>
        </div>
      )}
      {state === null ? null : (
        <>
          <RunningFacts state={state} isLive={isLive && trouble === null} />
          <RunningSection
            jobs={state.jobs.filter((job) => job.isRunning)}
            silent={state.silent}
            jobsHref={jobsHref}
            operate={operate}
            right={mayOperate ? <DoMenu href={doHref} /> : null}
          />
          <WaitingSection jobs={state.jobs.filter((job) => !job.isRunning)} jobsHref={jobsHref} operate={operate} />
          <div className="overview-cols">
            <ScheduledSection jobs={state.scheduled} now={state.at} />
            <EndedSection jobs={state.terminated} jobsHref={jobsHref} />
          </div>
        </>
      )}
    </>
  )
}

function RunningFacts({ state, isLive }: { state: RunningState; isLive: boolean }) {
  const running = state.jobs.filter((job) => job.isRunning)
  const rates = running.flatMap((job) => (job.rate === null ? [] : [job.rate]))
  const next = state.scheduled.find((job) => job.at !== null && job.at > state.at)
  return (
    <FactsLine
      facts={[
        { label: 'Running', value: running.length },
        { label: 'Waiting', value: state.jobs.length - running.length },
        {
          label: 'Together',
          value: rates.length === 0 ? '–' : <Bytes bytes={rates.reduce((sum, rate) => sum + rate, 0)} perSecond />,
        },
        { label: 'Next start', value: next?.at == null ? 'none in 24 h' : <RelativeTime at={next.at} short /> },
        { label: 'Director', value: state.director, note: state.version },
        {
          label: 'This page',
          value: isLive ? (
            <StatusMark status="running">live</StatusMark>
          ) : (
            <StatusMark status="waiting">as of</StatusMark>
          ),
          note: isLive ? 'every 3 s' : <RelativeTime at={state.at} short />,
        },
      ]}
    />
  )
}
