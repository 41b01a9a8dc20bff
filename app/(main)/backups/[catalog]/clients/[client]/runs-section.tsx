import { useId } from 'react'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import { hrefWith, type Params } from '@/components/table/sort'
import { figuresOf, isUnended, type JobFigures, type JobLine } from '@/lib/catalog/jobs/job-line'
import { catalogHref } from '../../../links'
import { Bytes, Count, Duration, JobStatus, NameOf, When } from '../../jobs/job-figures'

interface Run {
  line: JobLine
  figures: JobFigures
}

/** A few runs, and where all of them are. */
export function RunsSection({
  catalogId,
  zone,
  title,
  runs,
  all,
  allWords,
}: {
  catalogId: string
  zone: string
  title: string
  runs: readonly JobLine[]
  /** The list of jobs that shows all of them. */
  all: Params
  allWords: string
}) {
  const id = useId()
  if (runs.length === 0) return null
  return (
    <section className="overview-part" aria-labelledby={id}>
      <SectionHead
        id={id}
        title={title}
        right={<LinkText href={hrefWith(catalogHref(catalogId, 'jobs'), all)}>{allWords}</LinkText>}
      />
      <DataTable
        label={title}
        columns={columns}
        rows={runs.map((line) => ({ line, figures: figuresOf(line, { zone }) }))}
        rowId={({ line }) => String(line.jobId)}
        rowHref={({ line }) => catalogHref(catalogId, 'jobs', line.jobId)}
        blocks
      />
    </section>
  )
}

const columns: readonly Column<Run>[] = [
  { id: 'job', head: 'Job', cell: ({ line }) => line.jobId },
  { id: 'name', head: 'Name', cell: ({ line }) => <NameOf text={line.name} none="no name" />, inBlock: 'rest' },
  { id: 'level', head: 'Level', cell: ({ figures }) => <HostText text={figures.what} max={60} /> },
  { id: 'status', head: 'Status', cell: ({ figures }) => <JobStatus words={figures.words} />, inBlock: 'line' },
  { id: 'began', head: 'Began', cell: ({ figures }) => <When at={figures.startedAt} />, number: true },
  {
    id: 'took',
    head: 'Took',
    cell: ({ figures }) => (isUnended(figures.words) ? '–' : <Duration seconds={figures.seconds} />),
    number: true,
  },
  { id: 'files', head: 'Files', cell: ({ line }) => <Count value={line.files} />, number: true, hideOnPhone: true },
  { id: 'bytes', head: 'Bytes', cell: ({ line }) => <Bytes value={line.bytes} />, number: true },
]
