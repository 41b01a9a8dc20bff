import { HostText } from '@/components/base/host-text'
import { Legend } from '@/components/chart/legend'
import { StackedBar } from '@/components/chart/stacked-bar'
import { SectionHead } from '@/components/frame/page-head'
import type { Pool } from '@/lib/catalog/pools/list-pools'
import { bytesText, volumeStatusWords } from '@/lib/catalog/rules'

const states = [
  { id: 'held', label: 'Full or used, in retention', colour: 'var(--lv-full)' },
  { id: 'prunable', label: 'Prunable now', colour: 'var(--lv-incr)' },
  { id: 'writable', label: 'Being written', colour: 'var(--lv-diff)' },
  { id: 'free', label: 'Purged or recycled', colour: 'var(--n-6)' },
  { id: 'aside', label: 'Set aside', colour: 'var(--n-7)' },
  { id: 'broken', label: 'In error', colour: 'var(--bad-mark)' },
] as const
type StateId = (typeof states)[number]['id']

/** Longer lists say no more than the table above. */
const shown = 40

/** Where the space goes: every pool's bytes by what its volumes are good for, the longest bar the largest pool. */
export function PoolsPlot({ pools }: { pools: readonly Pool[] }) {
  const largest = pools.toSorted((one, other) => other.use.bytes - one.use.bytes).filter(({ use }) => use.bytes > 0)
  if (largest.length === 0) return null
  const most = largest[0]?.use.bytes ?? 0
  const sums = largest.map(bytesByState)
  const total = (id: StateId) => sums.reduce((sum, of) => sum + of[id], 0)
  return (
    <section className="overview-part" aria-labelledby="space">
      <SectionHead id="space" title="Space by pool" note="by what the volumes are good for" ruled />
      <Legend series={states.filter(({ id }) => total(id) > 0)} tell={(id) => bytesText(total(stateOf(id)))} />
      <ul className="h-bars" aria-label="Space by pool">
        {largest.slice(0, shown).map((pool, at) => (
          <li key={pool.poolId}>
            <span className="h-bars-name">
              <HostText text={pool.name} max={60} />
            </span>
            <StackedBar
              parts={states.map(({ id, colour }) => ({ id, colour, value: sums[at]?.[id] ?? 0 }))}
              of={most}
            />
            <span className="h-bars-figure">{bytesText(pool.use.bytes)}</span>
          </li>
        ))}
      </ul>
      {largest.length > shown ? (
        <p className="mt-2 text-12 text-text-3">
          {(largest.length - shown).toLocaleString('en')} smaller ones stand in the table alone.
        </p>
      ) : null}
    </section>
  )
}

function stateOf(id: string): StateId {
  return states.find((state) => state.id === id)?.id ?? 'aside'
}

function bytesByState({ use, prunable }: Pool): Record<StateId, number> {
  const sums: Record<StateId, number> = { held: 0, prunable: 0, writable: 0, free: 0, aside: 0, broken: 0 }
  for (const [status, { bytes }] of use.byStatus) {
    const { state } = volumeStatusWords(status)
    sums[state === 'holds' ? 'held' : state === 'unknown' ? 'aside' : state] += bytes
  }
  const freeable = Math.min(sums.held, prunable.bytes + prunable.kept.bytes)
  return { ...sums, held: sums.held - freeable, prunable: freeable }
}
