import type { Series } from '@/components/chart/legend'
import { jobLevelWords } from '@/lib/catalog/rules'

const full: Series = { id: 'full', label: 'Full', colour: 'var(--lv-full)' }
const differential: Series = { id: 'differential', label: 'Differential', colour: 'var(--lv-diff)' }
const incremental: Series = { id: 'incremental', label: 'Incremental', colour: 'var(--lv-incr)' }
const other: Series = { id: 'other', label: 'other levels', colour: 'var(--n-7)' }

/** The series that a level is drawn as. */
export function seriesOf(level: string): Series {
  const { backup } = jobLevelWords(level)
  if (backup === 'full') return full
  if (backup === 'differential') return differential
  return backup === 'incremental' ? incremental : other
}

/** The series of these levels, in the order of their size. */
export function seriesAmong(levels: readonly string[]): Series[] {
  const found = new Set(levels.map((level) => seriesOf(level).id))
  return [full, differential, incremental, other].filter(({ id }) => found.has(id))
}
