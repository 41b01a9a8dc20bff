import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Params, Sort } from '@/components/table/sort'
import { isFiltered, type JobFilter } from '@/lib/catalog/jobs/job-filter'
import { figuresOf, isUnended, type JobFigures, type JobLine } from '@/lib/catalog/jobs/job-line'
import type { JobList } from '@/lib/catalog/jobs/list-jobs'
import type { LogHit } from '@/lib/catalog/jobs/search-log'
import { catalogHref } from '../../links'
import { Bytes, Count, Duration, JobStatus, NameOf, When } from './job-figures'

interface Row {
  line: JobLine
  figures: JobFigures
  hit: LogHit | null
}

/** A page of jobs; their sums are those of all pages. */
export function JobsTable({
  catalogId,
  list,
  filter,
  zone,
  sort,
  params,
}: {
  catalogId: string
  list: JobList
  filter: JobFilter
  zone: string
  sort: Sort
  params: Params
}) {
  const path = catalogHref(catalogId, 'jobs')
  const rows = list.rows.map((line) => ({
    line,
    figures: figuresOf(line, { zone }),
    hit: list.hits?.get(line.jobId) ?? null,
  }))
  return (
    <DataTable
      label="Jobs"
      columns={columnsOf(catalogId, list, filter)}
      rows={rows}
      rowId={({ line }) => String(line.jobId)}
      rowHref={({ line }) => catalogHref(catalogId, 'jobs', line.jobId)}
      sort={{ now: sort, path, params }}
      blocks
      empty={<NoJob path={path} isFiltered={isFiltered(filter)} hasPages={list.totals.jobs > 0} />}
    />
  )
}

function columnsOf(catalogId: string, { totals, hits }: JobList, { log }: JobFilter): readonly Column<Row>[] {
  const columns: Column<Row>[] = [
    {
      id: 'id',
      head: 'Job',
      sortable: true,
      number: false,
      cell: ({ line }) => line.jobId,
      foot: `${totals.jobs.toLocaleString('en')} in all`,
    },
    {
      id: 'name',
      head: 'Name',
      sortable: true,
      cell: ({ line }) => <NameOf text={line.name} none="no name" />,
      inBlock: 'rest',
    },
    {
      id: 'client',
      head: 'Client',
      sortable: true,
      cell: ({ line }) => <ClientLink catalogId={catalogId} line={line} />,
    },
    { id: 'level', head: 'Level', sortable: true, cell: ({ figures }) => <HostText text={figures.what} max={60} /> },
    {
      id: 'status',
      head: 'Status',
      sortable: true,
      cell: ({ figures }) => <JobStatus words={figures.words} />,
      foot: totals.failed > 0 ? `${totals.failed.toLocaleString('en')} failed` : undefined,
      inBlock: 'line',
    },
    {
      id: 'start',
      head: 'Began',
      sortable: true,
      number: true,
      cell: ({ figures }) => <When at={figures.startedAt} none={isUnended(figures.words) ? 'not yet' : 'unknown'} />,
    },
    {
      id: 'duration',
      head: 'Took',
      sortable: true,
      number: true,
      cell: ({ figures }) => (isUnended(figures.words) ? '–' : <Duration seconds={figures.seconds} />),
    },
    {
      id: 'files',
      head: 'Files',
      sortable: true,
      number: true,
      hideOnPhone: true,
      cell: ({ line }) => <Count value={line.files} />,
      foot: <Count value={totals.files} />,
    },
    {
      id: 'bytes',
      head: 'Bytes',
      sortable: true,
      number: true,
      cell: ({ line }) => <Bytes value={line.bytes} />,
      foot: <Bytes value={totals.bytes} />,
    },
    {
      id: 'errors',
      head: 'Errors',
      sortable: true,
      number: true,
      hideOnPhone: true,
      cell: ({ line }) => <Count value={line.errors} />,
    },
  ]
  if (hits === null) return columns
  return [
    ...columns,
    { id: 'log', head: 'In its log', cell: ({ hit }) => <Hit hit={hit} log={log} />, inBlock: 'line' },
  ]
}

function ClientLink({ catalogId, line }: { catalogId: string; line: JobLine }) {
  if (line.client === null)
    return <span className="text-text-3">{line.clientId ? `client ${line.clientId}, not in the catalog` : 'none'}</span>
  return (
    <LinkText href={catalogHref(catalogId, 'clients', line.clientId ?? 0)} prefetch={false}>
      <NameOf text={line.client} none="none" />
    </LinkText>
  )
}

/** The part of the line around what was searched. */
function Hit({ hit, log }: { hit: LogHit | null; log: string }) {
  if (!hit) return null
  const at = Math.max(0, hit.text.toLowerCase().indexOf(log.toLowerCase()))
  const from = Math.max(0, at - 40)
  const part = hit.text.slice(from, at + log.length + 80).trim()
  return (
    <span className="text-12 text-text-2">
      {from > 0 ? '… ' : ''}
      <HostText text={part} max={240} />
      {hit.lines > 1 ? ` (${hit.lines.toLocaleString('en')} lines)` : ''}
    </span>
  )
}

function NoJob({ path, isFiltered, hasPages }: { path: string; isFiltered: boolean; hasPages: boolean }) {
  if (hasPages)
    return (
      <EmptyState title="Nothing on this page">
        The list ends before it. <LinkText href={path}>Show the first page</LinkText>
      </EmptyState>
    )
  if (!isFiltered)
    return <EmptyState title="No job yet">The catalog knows no job. As soon as one runs, it stands here.</EmptyState>
  return (
    <EmptyState title="No job fits">
      None of the jobs in the catalog has all of this. <LinkText href={path}>Show all jobs</LinkText>
    </EmptyState>
  )
}
