import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import type { JobDetail } from '@/lib/catalog/jobs/job-detail'
import { figuresOf } from '@/lib/catalog/jobs/job-line'
import type { RelatedJob } from '@/lib/catalog/jobs/related-jobs'
import { catalogHref } from '../../../links'
import { Bytes, JobStatus, NameOf, When } from '../job-figures'

/** What a copy, a migration or a restore is bound to. */
export function RelatedSection({
  catalogId,
  zone,
  job,
  related,
}: {
  catalogId: string
  zone: string
  job: JobDetail
  related: readonly RelatedJob[]
}) {
  if (related.length === 0) return <NothingRelated job={job} />
  return (
    <section className="overview-part" aria-labelledby="related">
      <SectionHead id="related" title="Jobs it is bound to" />
      <DataTable
        label="Related jobs"
        columns={columnsOf(zone)}
        rows={related}
        rowId={({ line }) => String(line.jobId)}
        rowHref={({ line }) => catalogHref(catalogId, 'jobs', line.jobId)}
        blocks
      />
    </section>
  )
}

/** Only where one would look for such jobs. */
function NothingRelated({ job }: { job: JobDetail }) {
  if (!['C', 'c', 'M', 'g', 'R'].includes(job.type)) return null
  return (
    <section className="overview-part" aria-labelledby="related">
      <SectionHead id="related" title="Jobs it is bound to" />
      <p className="text-text-2">
        {job.type === 'R'
          ? 'The catalog does not say which jobs this restore read.'
          : 'The catalog names none: the other job may have been pruned.'}
      </p>
    </section>
  )
}

function columnsOf(zone: string): readonly Column<RelatedJob>[] {
  return [
    { id: 'job', head: 'Job', cell: ({ line }) => line.jobId },
    { id: 'relation', head: 'What it is', cell: ({ relation }) => <HostText text={relation} max={80} /> },
    { id: 'name', head: 'Name', cell: ({ line }) => <NameOf text={line.name} none="no name" /> },
    {
      id: 'status',
      head: 'Status',
      cell: ({ line }) => <JobStatus words={figuresOf(line, { zone }).words} />,
      inBlock: 'line',
    },
    { id: 'began', head: 'Began', cell: ({ line }) => <When at={figuresOf(line, { zone }).startedAt} />, number: true },
    { id: 'bytes', head: 'Bytes', cell: ({ line }) => <Bytes value={line.bytes} />, number: true },
  ]
}
