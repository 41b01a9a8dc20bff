import { Figure } from '@/components/base/figure'
import { StatusMark } from '@/components/base/status-mark'
import { type Fact, FactsLine } from '@/components/show/facts-line'
import type { Overview } from '@/lib/catalog/overview/read-overview'
import { byteFigure } from '@/lib/catalog/rules'

/** The answer in one line: are the backups on time, how did the last day end, what is there. */
export function OverviewFacts({ overview: { late, outcomes, volumes, sizes } }: { overview: Overview }) {
  const { good, warned, failed } = outcomes.backups['24h']
  const facts: Fact[] = [
    {
      label: 'Backups',
      value: <Late late={late} />,
      note: late.total > 0 ? `${tell(late.onTime)} of ${tell(late.total)} on time` : undefined,
    },
    {
      label: 'Last 24 hours',
      value: failed > 0 ? <StatusMark status="bad">{tell(failed)} failed</StatusMark> : `${tell(good + warned)} good`,
      note: failed > 0 ? `${tell(good + warned)} good` : 'none failed',
    },
    { label: 'Volumes', value: <Figure value={volumes.volumes} />, note: <Bytes bytes={volumes.bytes} /> },
    {
      label: 'Volumes in error',
      value: volumes.inError > 0 ? <StatusMark status="bad">{tell(volumes.inError)}</StatusMark> : '0',
    },
    { label: 'Catalog', value: <Bytes bytes={sizes.bytes} /> },
  ]
  return <FactsLine facts={facts} />
}

function Late({ late: { late, total } }: { late: Overview['late'] }) {
  if (total === 0) return <span className="text-text-3">none yet</span>
  const waiting = late.filter(({ isSilent }) => !isSilent).length
  return waiting > 0 ? (
    <StatusMark status="bad">{tell(waiting)} late</StatusMark>
  ) : (
    <StatusMark status="ok">None late</StatusMark>
  )
}

function tell(count: number): string {
  return count.toLocaleString('en')
}

/** Bytes in the unit that fits; what is not known says so. */
export function Bytes({ bytes }: { bytes: number | null }) {
  if (bytes === null) return <span className="text-text-3">unknown</span>
  const { value, unit } = byteFigure(bytes)
  return <Figure value={value} unit={unit} />
}
