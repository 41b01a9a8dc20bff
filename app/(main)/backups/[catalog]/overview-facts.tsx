import { Figure } from '@/components/base/figure'
import { StatusMark } from '@/components/base/status-mark'
import { type Fact, FactsLine } from '@/components/show/facts-line'
import type { Overview } from '@/lib/catalog/overview/read-overview'
import { Bytes } from './bytes'

/** The answer in one line: are the backups on time, how did the last day end, what is there. */
export function OverviewFacts({ overview: { late, outcomes, volumes, sizes } }: { overview: Overview }) {
  const { good, warned, failed } = outcomes.backups['24h']
  const facts: Fact[] = [
    { label: 'Backups on time', value: <OnTime late={late} />, note: late.total > 0 ? `of ${late.total}` : undefined },
    {
      label: 'Last 24 hours',
      value: failed > 0 ? <StatusMark status="bad">{`${failed} failed`}</StatusMark> : `${good + warned} good`,
      note: failed > 0 ? `${good + warned} good` : 'none failed',
    },
    { label: 'Volumes', value: <Figure value={volumes.volumes} />, note: <Bytes bytes={volumes.bytes} /> },
    {
      label: 'Volumes in error',
      value: volumes.inError > 0 ? <StatusMark status="bad">{String(volumes.inError)}</StatusMark> : '0',
    },
    { label: 'Catalog', value: <Bytes bytes={sizes.bytes} /> },
  ]
  return <FactsLine facts={facts} />
}

function OnTime({ late: { onTime, late, total } }: { late: Overview['late'] }) {
  if (total === 0) return <span className="text-text-3">no backup yet</span>
  const isLate = late.some(({ isSilent }) => !isSilent)
  return <StatusMark status={isLate ? 'bad' : 'ok'}>{onTime.toLocaleString('en')}</StatusMark>
}
