import type { ReactNode } from 'react'

/** One key as it stands on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="key">{children}</kbd>
}
