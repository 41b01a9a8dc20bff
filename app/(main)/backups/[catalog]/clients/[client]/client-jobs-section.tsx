import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import { hrefWith } from '@/components/table/sort'
import type { JudgedJob } from '@/lib/catalog/clients/recent-runs'
import { catalogHref } from '../../../links'
import { Bytes, Count, NameOf } from '../../jobs/job-figures'
import { Age } from '../age'
import { ErrorRate } from '../error-rate'
import { Labelled } from '../labelled'
import { VerdictMark } from '../verdict-mark'

/** Its jobs, and whether each is late by what its own history promises. */
export function ClientJobsSection({
  catalogId,
  clientId,
  now,
  jobs,
  windowDays,
}: {
  catalogId: string
  clientId: number
  now: number
  jobs: readonly JudgedJob[]
  windowDays: number
}) {
  return (
    <section className="overview-part" aria-labelledby="its-jobs">
      <SectionHead
        id="its-jobs"
        title={jobs.length === 1 ? 'One backup job' : `${jobs.length} backup jobs`}
        note="by the promise of their own history"
      />
      {jobs.length === 0 ? (
        <p className="text-text-2">The catalog has no backup of it. Its jobs may have been pruned.</p>
      ) : (
        <DataTable
          label="Its jobs"
          columns={columnsOf(now, windowDays)}
          rows={jobs}
          rowId={({ name }) => name}
          rowHref={({ name }) => hrefWith(catalogHref(catalogId, 'jobs'), { client: String(clientId), name })}
          blocks
        />
      )}
    </section>
  )
}

function columnsOf(now: number, windowDays: number): readonly Column<JudgedJob>[] {
  return [
    { id: 'name', head: 'Job', cell: ({ name }) => <NameOf text={name} none="no name" /> },
    { id: 'state', head: 'State', cell: ({ verdict }) => <VerdictMark verdict={verdict} />, inBlock: 'line' },
    {
      id: 'full',
      head: 'Full',
      number: true,
      cell: ({ last }) => (
        <Labelled label="Full">
          <Age last={last.full} now={now} />
        </Labelled>
      ),
    },
    {
      id: 'differential',
      head: 'Differential',
      number: true,
      cell: ({ last }) => (
        <Labelled label="Differential">
          <Age last={last.differential} now={now} />
        </Labelled>
      ),
    },
    {
      id: 'incremental',
      head: 'Incremental',
      number: true,
      cell: ({ last }) => (
        <Labelled label="Incremental">
          <Age last={last.incremental} now={now} />
        </Labelled>
      ),
    },
    { id: 'runs', head: 'Runs', number: true, cell: ({ runs }) => <Count value={runs} />, hideOnPhone: true },
    {
      id: 'errors',
      head: `Failed, ${windowDays} days`,
      number: true,
      cell: ({ ended, failed }) => (
        <Labelled label="failed">
          <ErrorRate ended={ended} failed={failed} />
        </Labelled>
      ),
    },
    {
      id: 'largest',
      head: 'Largest',
      number: true,
      cell: ({ largestBytes }) => <Bytes value={largestBytes} />,
      hideOnPhone: true,
    },
    {
      id: 'why',
      head: 'Why',
      cell: ({ verdict }) => (
        <span className="text-12 text-text-2">
          <HostText text={verdict.because} max={300} />
        </span>
      ),
      inBlock: 'line',
    },
  ]
}
