import type { ReactNode } from 'react'

export interface Series {
  id: string
  label: string
  /** A token: `var(--lv-full)`. */
  colour: string
}

/** The series by name, each with its figure, so that colour never speaks alone. */
export function Legend({ series, tell }: { series: readonly Series[]; tell?: (id: string) => ReactNode }) {
  return (
    <ul className="chart-legend">
      {series.map(({ id, label, colour }) => (
        <li key={id}>
          <i style={{ background: colour }} />
          {label}
          {tell ? <b> {tell(id)}</b> : null}
        </li>
      ))}
    </ul>
  )
}
