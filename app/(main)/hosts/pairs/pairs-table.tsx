import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { type Column, DataTable } from '@/components/table/data-table'
import type { PairRow } from '@/lib/inventory/list-pairs'
import type { PairPlace } from '@/lib/inventory/pair-seen'
import { offerWords, seenWords } from './pair-words'

/** Pairs with what is declared, what was seen, and the one thing to do. `here` is the host whose page this is. */
export function PairsTable({
  pairs,
  mayEdit,
  mayPlan,
  here,
}: {
  pairs: readonly PairRow[]
  mayEdit: boolean
  mayPlan: boolean
  here?: string
}) {
  return (
    <DataTable
      label="Failover pairs"
      columns={columnsFor(mayPlan, here)}
      rows={pairs}
      rowId={(pair) => pair.id}
      rowHref={mayEdit ? (pair) => `/hosts/pairs/${pair.id}` : undefined}
      blocks
    />
  )
}

function columnsFor(mayPlan: boolean, here: string | undefined): readonly Column<PairRow>[] {
  return [
    {
      id: 'address',
      head: 'Failover IP',
      cell: (pair) => (
        <span className="mono">
          {pair.address}
          <span className="text-text-3">/{pair.prefix}</span>
        </span>
      ),
    },
    {
      id: 'active',
      head: 'Active',
      inBlock: 'line',
      cell: (pair) => <Place word="Active on" place={pair.active} here={here} />,
    },
    {
      id: 'standby',
      head: 'Standby',
      inBlock: 'line',
      cell: (pair) => <Place word="Standby on" place={pair.standby} here={here} />,
    },
    { id: 'seen', head: 'Seen', inBlock: 'line', cell: (pair) => <Seen pair={pair} /> },
    ...(mayPlan
      ? [
          {
            id: 'do',
            head: <span className="sr-only">What can be done</span>,
            number: true,
            inBlock: 'line' as const,
            cell: (pair: PairRow) => <Offer pair={pair} />,
          },
        ]
      : []),
  ]
}

function Place({ word, place, here }: { word: string; place: PairPlace; here: string | undefined }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <span className="text-text-3 m:hidden">{word}</span>
      {place.hostId === here ? (
        <span>{place.name}</span>
      ) : (
        <LinkText href={`/hosts/${place.hostId}/network`}>{place.name}</LinkText>
      )}
      <span className="mono text-12 text-text-3">{place.device}</span>
    </div>
  )
}

function Seen({ pair }: { pair: PairRow }) {
  const { status, word } = seenWords(pair)
  const others = [pair.active, pair.standby].filter((place) => place.holds && place.onDevice !== place.device)
  const times = [pair.active.readAt, pair.standby.readAt].filter((at) => at !== null)
  return (
    <>
      <StatusMark status={status}>{word}</StatusMark>
      <div className="text-12 text-text-3">
        {others.map((place) => (
          <span key={place.hostId}>
            on <HostText text={place.onDevice ?? ''} max={40} />, not {place.device};{' '}
          </span>
        ))}
        {times.length > 0 ? (
          <>
            read <RelativeTime at={Math.min(...times)} still />
          </>
        ) : null}
      </div>
    </>
  )
}

function Offer({ pair }: { pair: PairRow }) {
  const words = offerWords(pair)
  if (!words || pair.notYours) return null
  return (
    <ButtonLink sm href={words.href} aria-label={words.actWhole}>
      {words.act}
    </ButtonLink>
  )
}
