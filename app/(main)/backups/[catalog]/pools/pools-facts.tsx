import { Figure } from '@/components/base/figure'
import { StatusMark } from '@/components/base/status-mark'
import { FactsLine } from '@/components/show/facts-line'
import type { Pool } from '@/lib/catalog/pools/list-pools'
import { Bytes } from '../bytes'
import { KnownBytes } from '../known-bytes'

/** The answer in one line: how much is there, what can be freed, what is broken. */
export function PoolsFacts({ pools }: { pools: readonly Pool[] }) {
  const { volumes, bytes, unsized, prunable, kept, free, inError } = totalsOf(pools)
  return (
    <FactsLine
      facts={[
        { label: 'Pools', value: <Figure value={pools.length} /> },
        { label: 'Volumes', value: <Figure value={volumes} /> },
        { label: 'Space', value: <KnownBytes bytes={bytes} volumes={volumes} unsized={unsized} /> },
        { label: 'Prunable now', value: <Bytes bytes={prunable} />, note: keptNote(kept) },
        { label: 'Free to write over', value: <Bytes bytes={free} />, note: 'purged or chosen for recycling' },
        {
          label: 'In error',
          value:
            inError > 0 ? <StatusMark status="bad">{inError.toLocaleString('en')}</StatusMark> : <Figure value={0} />,
        },
      ]}
    />
  )
}

/** Sums over all pools. */
export function totalsOf(pools: readonly Pool[]) {
  const sum = (of: (pool: Pool) => number) => pools.reduce((total, pool) => total + of(pool), 0)
  return {
    volumes: sum(({ use }) => use.volumes),
    unsized: sum(({ unsized }) => unsized),
    bytes: sum(({ use }) => use.bytes),
    prunable: sum(({ prunable }) => prunable.bytes),
    kept: sum(({ prunable }) => prunable.kept.volumes),
    free: sum(({ use }) => use.reclaimable.bytes),
    inError: sum(({ use }) => use.inError),
  }
}

function keptNote(volumes: number): string | undefined {
  if (volumes === 0) return undefined
  return `${volumes.toLocaleString('en')} more ${volumes === 1 ? 'gives' : 'give'} no space back`
}
