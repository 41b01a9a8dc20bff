import type { ReactNode } from 'react'
import { PauseNote } from '@/app/(main)/pause-note'
import { DoorPage } from '@/components/frame/door-page'

// Whether Pollux is paused is known when a page is asked for, not when it is built.
export const dynamic = 'force-dynamic'

/** The pages in front of the door: sign-in and the one-time links. */
export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <DoorPage>
      {children}
      <PauseNote />
    </DoorPage>
  )
}
