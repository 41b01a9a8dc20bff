import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { tellSpan } from '@/components/base/tell-time'
import { SectionHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import type { LateBackup, LateBackups } from '@/lib/catalog/overview/late-backups'
import { ExportLinks } from '../export-links'
import { catalogHref } from '../links'

/** More lines nobody reads here; all of them are in the file. */
const shown = 12

/** The backups that are late by what their own history promises, the longest without a good run first. */
export function LateSection({ catalogId, late }: { catalogId: string; late: LateBackups }) {
  const waiting = late.late.filter(({ isSilent }) => !isSilent)
  const silent = late.late.filter(({ isSilent }) => isSilent)
  return (
    <section className="overview-part" aria-labelledby="late">
      <SectionHead
        id="late"
        title={titleOf(waiting.length, late)}
        note={late.total > 0 ? 'by what its own history promises' : undefined}
        right={late.late.length > 0 ? <ExportLinks catalogId={catalogId} table="late" what="late backups" /> : null}
      />
      {waiting.length === 0 ? <Nothing late={late} /> : <LateTable catalogId={catalogId} rows={waiting} />}
      {silent.length > 0 ? (
        <details className="chart-table">
          <summary>
            {silent.length.toLocaleString('en')} more {silent.length === 1 ? 'has' : 'have'} not begun for long, and may
            no longer be scheduled
          </summary>
          <LateTable catalogId={catalogId} rows={silent} />
        </details>
      ) : null}
    </section>
  )
}

function LateTable({ catalogId, rows }: { catalogId: string; rows: readonly LateBackup[] }) {
  return (
    <>
      <DataTable
        label="Late backups"
        columns={columnsOf(catalogId)}
        rows={rows.slice(0, shown)}
        rowId={({ job, clientId }) => `${job} ${clientId}`}
        rowHref={({ clientId, lastJobId }) =>
          clientId === null
            ? catalogHref(catalogId, 'jobs', lastJobId ?? 0)
            : catalogHref(catalogId, 'clients', clientId)
        }
        blocks
      />
      {rows.length > shown ? (
        <p className="mt-2 text-12 text-text-3">
          {(rows.length - shown).toLocaleString('en')} more are in the file above.
        </p>
      ) : null}
    </>
  )
}

function columnsOf(catalogId: string): readonly Column<LateBackup>[] {
  return [
    {
      id: 'client',
      head: 'Client',
      cell: ({ client }) => (client === null ? 'client not in the catalog' : <HostText text={client} max={127} />),
    },
    { id: 'job', head: 'Job', cell: ({ job }) => <HostText text={job} max={127} />, inBlock: 'rest' },
    { id: 'state', head: 'State', cell: (row) => <State row={row} />, inBlock: 'line' },
    {
      id: 'good',
      head: 'Last good',
      cell: ({ verdict }) => (verdict.lastGood ? <RelativeTime at={verdict.lastGood.getTime()} still /> : 'none'),
      inBlock: 'line',
    },
    {
      id: 'because',
      head: 'Why',
      cell: ({ verdict }) => <span className="late-why">{verdict.because}</span>,
      inBlock: 'line',
    },
    {
      id: 'act',
      head: <span className="sr-only">Open</span>,
      cell: ({ lastJobId, job }) =>
        lastJobId === null ? null : (
          <ButtonLink sm href={catalogHref(catalogId, 'jobs', lastJobId)} aria-label={`See the last run of ${job}`}>
            See its last run
          </ButtonLink>
        ),
      inBlock: 'line',
    },
  ]
}

function State({ row: { verdict } }: { row: LateBackup }) {
  if (verdict.state === 'never good') return <StatusMark status="bad">Never ended well</StatusMark>
  return <StatusMark status="bad">{verdict.late === null ? 'Overdue' : `${tellSpan(verdict.late)} overdue`}</StatusMark>
}

function Nothing({ late: { total, unknown } }: { late: LateBackups }) {
  if (total === 0)
    return (
      <EmptyState title="No backup yet">The catalog knows no backup. As soon as one ran, it stands here.</EmptyState>
    )
  return (
    <p>
      <StatusMark status="ok">
        {unknown === 0
          ? 'Each has had a good run in its time.'
          : `Each that runs regularly has had a good run in its time; ${unknown.toLocaleString('en')} ${unknown === 1 ? 'has' : 'have'} too few runs to tell.`}
      </StatusMark>
    </p>
  )
}

function titleOf(waiting: number, { total }: LateBackups): string {
  if (waiting === 0) return total === 0 ? 'Backups' : 'No backup is late'
  return waiting === 1 ? '1 backup is late' : `${waiting.toLocaleString('en')} backups are late`
}
