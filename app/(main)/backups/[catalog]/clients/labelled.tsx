import type { ReactNode } from 'react'

/** A cell that says what it is where rows are blocks and no heading does. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return <span data-label={label}>{children}</span>
}
