import { ExactTime } from '@/components/base/exact-time'
import { LinkText } from '@/components/base/link-text'
import { Note } from '@/components/show/finding'
import { findPaused } from '@/lib/config/paused'

/** On every page while a restored store is paused: why nothing happens, and who lets it go on. */
export function PauseNote({ mayResume = false }: { mayResume?: boolean }) {
  const paused = findPaused()
  if (paused === null) return null
  return (
    <div className="my-6 first:mt-0">
      <Note status="warn" title="Pollux is paused: its store was restored from a backup">
        It shows what was known at <ExactTime at={Date.parse(paused.backupAt)} />. No host is connected to, nothing is
        read anew and no change begins until an admin resumes it.{' '}
        {mayResume ? <LinkText href="/settings/pause">Look at what waits, and resume</LinkText> : null}
      </Note>
    </div>
  )
}
