import Link from 'next/link'
import type { ReactNode } from 'react'
import { LinkText } from '@/components/base/link-text'
import { Mark, type Status } from '@/components/base/status-mark'
import { StackedBar } from '@/components/chart/stacked-bar'
import { SectionHead } from '@/components/frame/page-head'
import { type JobOutcomes, type Outcomes, outcomeSpans } from '@/lib/catalog/overview/job-outcomes'
import { jobsHref } from '../links'

const kinds = [
  { id: 'good', words: 'Good', mark: 'ok', colour: 'var(--ok-mark)' },
  { id: 'warned', words: 'With warnings', mark: 'warn', colour: 'var(--warn-mark)' },
  { id: 'failed', words: 'Failed', mark: 'bad', colour: 'var(--bad-mark)' },
  { id: 'canceled', words: 'Cancelled', mark: null, colour: 'var(--n-6)' },
  { id: 'running', words: 'Running', mark: 'running', colour: 'var(--n-7)' },
] as const satisfies readonly { id: keyof Outcomes; words: string; mark: Status | null; colour: string }[]

/** How the backups of the last day, week and month ended; each count leads to its jobs. */
export function OutcomesSection({ catalogId, outcomes }: { catalogId: string; outcomes: JobOutcomes }) {
  return (
    <section className="overview-part" aria-labelledby="outcomes">
      <SectionHead
        id="outcomes"
        title="How backups ended"
        note="by the time of their end"
        right={<LinkText href={jobsHref(catalogId, {})}>All jobs</LinkText>}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, also by keys */}
      <section className="table-wrap" aria-label="How backups ended, as a table" tabIndex={0}>
        <table className="data-table" aria-labelledby="outcomes">
          <thead>
            <tr>
              <th scope="col">Time</th>
              {kinds.map(({ id, words }) => (
                <th key={id} scope="col" className="num">
                  {words}
                </th>
              ))}
              <th scope="col" className="outcomes-bar">
                <span className="sr-only">Share</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {outcomeSpans.map(({ id, words }) => (
              <tr key={id}>
                <th scope="row">{words}</th>
                {kinds.map((kind) => (
                  <td key={kind.id} className="num">
                    <Count
                      count={outcomes.backups[id][kind.id]}
                      mark={kind.mark}
                      href={jobsHref(catalogId, { type: 'B', status: kind.id, since: id })}
                    />
                  </td>
                ))}
                <td className="outcomes-bar">
                  <StackedBar
                    parts={kinds.map((kind) => ({
                      id: kind.id,
                      value: outcomes.backups[id][kind.id],
                      colour: kind.colour,
                    }))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-2 text-12 text-text-3">{othersSentence(outcomes)}</p>
    </section>
  )
}

function Count({ count, mark, href }: { count: number; mark: Status | null; href: string }): ReactNode {
  if (count === 0) return <span className="text-text-3">0</span>
  return (
    <Link className="row-link outcomes-count" href={href} prefetch={false}>
      {mark ? <Mark status={mark} /> : null}
      {count.toLocaleString('en')}
    </Link>
  )
}

/** What is no backup, and what has a status that Pollux does not know: said, never silently left out. */
function othersSentence({ backups, others }: JobOutcomes): string {
  const { good, warned, failed, canceled, running, unknown } = others['30d']
  const all = good + warned + failed + canceled + running + unknown
  const strange = backups['30d'].unknown
  const parts = [
    all === 0
      ? 'No restore, verification, copy or other job in 30 days.'
      : `Beside them ${all.toLocaleString('en')} other ${all === 1 ? 'job' : 'jobs'} in 30 days (restore, verification, copy and such), ${failed === 0 ? 'none failed' : `${failed.toLocaleString('en')} failed`}.`,
    strange === 0 ? '' : `${strange.toLocaleString('en')} backups have a status that Pollux does not know.`,
  ]
  return parts.filter(Boolean).join(' ')
}
