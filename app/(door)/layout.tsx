import type { ReactNode } from 'react'
import { DoorPage } from '@/components/frame/door-page'

/** The pages in front of the door: sign-in and the one-time links. */
export default function DoorLayout({ children }: { children: ReactNode }) {
  return <DoorPage>{children}</DoorPage>
}
