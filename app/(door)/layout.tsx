import type { ReactNode } from 'react'
import { Logo } from '@/components/frame/logo'

/** The pages in front of the door: sign-in and the one-time links. */
export default function DoorLayout({ children }: { children: ReactNode }) {
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
