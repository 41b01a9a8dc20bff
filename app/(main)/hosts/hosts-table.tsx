import { Button } from '@/components/base/button'
import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { SubmitButton } from '@/components/base/submit-button'
import { Tag } from '@/components/base/tag'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Params, Sort } from '@/components/table/sort'
import type { HostRow } from '@/lib/inventory/list-hosts'
import { readChosenHosts } from './read-chosen'
import { kindWords } from './words'

/** The list itself; chosen hosts are read anew or go into a wizard. */
export function HostsTable({
  rows,
  sort,
  params,
  mayRead,
}: {
  rows: readonly HostRow[]
  sort: Sort
  params: Params
  mayRead: boolean
}) {
  const actions = (
    <>
      <SubmitButton formAction={readChosenHosts} pendingText="Reading">
        Read again
      </SubmitButton>
      <Button type="submit" formAction="/wizards" formMethod="get">
        Start a wizard
      </Button>
    </>
  )
  return (
    <DataTable
      label="Hosts"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/hosts/${row.id}`}
      sort={{ now: sort, path: '/hosts', params }}
      choose={mayRead ? { name: 'host', rowLabel: (row) => `Choose ${row.name}`, actions, noun: 'hosts' } : undefined}
      empty={
        <EmptyState title="No host fits">
          None of the hosts has all of this. <LinkText href="/hosts">Show all hosts</LinkText>
        </EmptyState>
      }
    />
  )
}

const columns: readonly Column<HostRow>[] = [
  { id: 'name', head: 'Host', sortable: true, cell: (row) => <Name row={row} /> },
  {
    id: 'state',
    head: 'State',
    sortable: true,
    cell: (row) => <State row={row} />,
  },
  {
    id: 'system',
    head: 'System',
    sortable: true,
    hideOnPhone: true,
    cell: (row) => (row.figures?.system ? <HostText text={row.figures.system} max={60} /> : <Figure value={null} />),
  },
  {
    id: 'load',
    head: 'Load',
    sortable: true,
    number: true,
    cell: (row) => <Figure value={row.figures?.load1 ?? null} digits={2} />,
  },
  {
    id: 'memory',
    head: 'Memory',
    sortable: true,
    number: true,
    cell: (row) => <Figure value={row.figures?.memoryPercent ?? null} unit="%" digits={0} />,
  },
  { id: 'disk', head: 'Fullest disk', sortable: true, number: true, cell: (row) => <Fullest row={row} /> },
  {
    id: 'updates',
    head: 'Updates',
    sortable: true,
    number: true,
    hideOnPhone: true,
    cell: (row) => <Updates row={row} />,
  },
  {
    id: 'change',
    head: 'Last change',
    sortable: true,
    number: true,
    hideOnPhone: true,
    cell: (row) => <LastChange row={row} />,
  },
]

function Name({ row }: { row: HostRow }) {
  return (
    <>
      {row.name}{' '}
      <small className="font-normal text-12 text-text-3">
        {row.hypervisor ? `guest of ${row.hypervisor}` : kindWords[row.kind]}
      </small>{' '}
      {row.tags.slice(0, 3).map((tag) => (
        <span key={tag} className="ml-1 max-m:hidden">
          <Tag>{tag}</Tag>
        </span>
      ))}
    </>
  )
}

/** Figures of a host that is out of reach are those of the last good reading, and say their age. */
function State({ row }: { row: HostRow }) {
  return (
    <>
      <StatusMark status={row.state.mark}>{row.state.word}</StatusMark>
      {row.isStale && row.factsAt ? (
        <small className="ml-2 text-12 text-text-3">
          figures of <RelativeTime at={row.factsAt.getTime()} still />
        </small>
      ) : null}
    </>
  )
}

function Fullest({ row }: { row: HostRow }) {
  const fullest = row.figures?.fullest
  if (!row.figures || fullest === null || fullest === undefined) return <Figure value={null} />
  return (
    <>
      <span className="text-text-3">
        <HostText text={fullest.mount} max={24} />
      </span>{' '}
      <Figure value={fullest.percent} unit="%" digits={0} />
    </>
  )
}

function Updates({ row }: { row: HostRow }) {
  const { updates = null, securityUpdates = null } = row.figures ?? {}
  return (
    <>
      <Figure value={updates} />
      {securityUpdates ? <span className="text-warn-text"> {securityUpdates} security</span> : null}
    </>
  )
}

function LastChange({ row }: { row: HostRow }) {
  const { lastChange } = row
  if (!lastChange) return <span className="text-text-3">none</span>
  return (
    <LinkText href={`/changes/${lastChange.id}`}>
      #{lastChange.id},{' '}
      {lastChange.state === 'applying' ? 'running' : <RelativeTime at={lastChange.at.getTime()} short still />}
    </LinkText>
  )
}
