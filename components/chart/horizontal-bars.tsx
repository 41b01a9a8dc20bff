import type { ReactNode } from 'react'
import { StackedBar } from './stacked-bar'

export interface HorizontalBar {
  id: string
  label: ReactNode
  /** Null where it is not known: no bar, and the figure says so. */
  value: number | null
  figure: ReactNode
}

/** Things of one kind by size, each with its bar and its figure; the longest bar is the largest value. `label` names the list. */
export function HorizontalBars({
  label,
  bars,
  colour = 'var(--lv-full)',
}: {
  label: string
  bars: readonly HorizontalBar[]
  colour?: string
}) {
  const most = Math.max(0, ...bars.map(({ value }) => value ?? 0))
  return (
    <ul className="h-bars" aria-label={label}>
      {bars.map(({ id, label: name, value, figure }) => (
        <li key={id}>
          <span className="h-bars-name">{name}</span>
          <StackedBar parts={[{ id: 'value', value: value ?? 0, colour }]} of={most} />
          <span className="h-bars-figure">{figure}</span>
        </li>
      ))}
    </ul>
  )
}
