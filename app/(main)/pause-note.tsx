import Link from 'next/link'
import { ExactTime } from '@/components/base/exact-time'
import { Note } from '@/components/show/finding'
import { findPaused } from '@/lib/config/paused'

/** On every page while a restored store is paused: why nothing happens, and who lets it go on. */
export function PauseNote({ mayResume = false }: { mayResume?: boolean }) {
  const paused = findPaused()
  if (paused === null) return null
  return (
    <Note status="warn" title="Pollux is paused: its store was restored from a backup">
      It shows what was known at <ExactTime at={Date.parse(paused.backupAt)} />. No host is connected to, nothing is
      read anew and no change begins until an admin resumes it.{' '}
      {mayResume ? <Link href="/settings/pause">Look at what waits, and resume</Link> : null}
    </Note>
  )
}
