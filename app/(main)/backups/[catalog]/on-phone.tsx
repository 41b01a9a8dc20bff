import type { ReactNode } from 'react'

/** Words that stand in the table's head on a wide screen, and where there is no head before the figure itself. */
export function OnPhone({ children }: { children: ReactNode }) {
  return <span className="hidden text-text-3 max-m:inline">{children}</span>
}
