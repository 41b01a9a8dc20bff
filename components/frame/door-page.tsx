import type { ReactNode } from 'react'
import { Logo } from './logo'

/** What stands around a page outside the frame: sign-in, one-time links, an address that nothing has. */
export function DoorPage({ children }: { children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-page">
        <p className="brand">
          <Logo />
          Pollux
        </p>
        {children}
      </div>
    </main>
  )
}
