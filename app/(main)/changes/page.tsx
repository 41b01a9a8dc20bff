import Link from 'next/link'
import { ButtonLink } from '@/components/base/button'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { FilterBar } from '@/components/table/filter-bar'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { type ChangeRow, listChanges } from '@/lib/changes/list-changes'
import { changeStatus } from './change-words'

export const metadata = { title: 'Changes' }

const states = [
  { value: '', label: 'Any state' },
  { value: 'asked', label: 'Waits for approval' },
  { value: 'applying', label: 'Applying' },
  { value: 'queued', label: 'Queued' },
  { value: 'scheduled', label: 'Scheduled' },
  { value: 'stale', label: 'Stale' },
  { value: 'planned', label: 'Planned' },
  { value: 'ended', label: 'Ended' },
]

export default async function ChangesPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageCtx('read changes')
  const params = await searchParams
  const text = one(params.q)
  const state = one(params.state)
  const page = Math.max(1, Number(one(params.page)) || 1)
  const { rows, total } = await listChanges(ctx, { text, state, page })
  const isFiltered = Boolean(text || state)
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Changes' }]}
        title={titleOf(rows, total)}
        actions={
          <ButtonLink href="/wizards" kind="primary">
            Start a wizard
          </ButtonLink>
        }
      >
        Each keeps its plan, its journal, its proof and its way back.
      </PageHead>
      {total === 0 && !isFiltered ? (
        <EmptyState title="No change yet" actions={<ButtonLink href="/wizards">Choose a wizard</ButtonLink>}>
          A change begins in a wizard: it reads the host, shows what would change, and touches nothing before you
          approve it.
        </EmptyState>
      ) : (
        <>
          <FilterBar
            path="/changes"
            params={params}
            search={{ name: 'q', label: 'Title or person' }}
            selects={[{ name: 'state', label: 'State', options: states }]}
          />
          <DataTable
            label="Changes"
            columns={columns}
            rows={rows}
            blocks
            rowId={(row) => String(row.id)}
            rowHref={(row) => `/changes/${row.id}`}
            empty="No change fits these filters."
          />
          <Pages page={page} total={total} text={text} state={state} />
        </>
      )}
      <KeysBar keys={[...rowKeyHints, { keys: ['/'], does: 'filter' }]} />
    </>
  )
}

const columns: readonly Column<ChangeRow>[] = [
  { id: 'id', head: '#', cell: (row) => `#${row.id}` },
  {
    id: 'title',
    head: 'Change',
    cell: (row) => <Link href={`/changes/${row.id}`}>{row.title}</Link>,
    inBlock: 'rest',
  },
  {
    id: 'state',
    head: 'State',
    cell: (row) => {
      const { status, word } = changeStatus(row)
      return <StatusMark status={status}>{word}</StatusMark>
    },
  },
  { id: 'hosts', head: 'Hosts', cell: (row) => row.hosts.map((host) => host.name).join(', ') },
  { id: 'by', head: 'Asked by', cell: (row) => row.askedBy, hideOnPhone: true },
  { id: 'at', head: 'When', cell: (row) => <RelativeTime at={row.askedAt.getTime()} /> },
]

function titleOf(rows: readonly ChangeRow[], total: number): string {
  const running = rows.filter((row) => row.state === 'applying').length
  const waiting = rows.filter((row) => row.state === 'asked' || row.state === 'stale').length
  if (running > 0) return `${running} ${running === 1 ? 'change is' : 'changes are'} running`
  if (waiting > 0) return `${waiting} ${waiting === 1 ? 'change waits' : 'changes wait'} for a decision`
  return total === 1 ? '1 change, none running' : `${total} changes, none running`
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

function Pages({ page, total, text, state }: { page: number; total: number; text?: string; state?: string }) {
  const last = Math.ceil(total / 50)
  if (last <= 1) return null
  const href = (to: number) =>
    `/changes?${new URLSearchParams({ q: text ?? '', state: state ?? '', page: String(to) })}`
  return (
    <nav className="mt-4 flex gap-3" aria-label="Pages">
      {page > 1 ? <ButtonLink href={href(page - 1)}>Newer changes</ButtonLink> : null}
      {page < last ? <ButtonLink href={href(page + 1)}>Older changes</ButtonLink> : null}
    </nav>
  )
}
