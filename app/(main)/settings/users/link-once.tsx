'use client'

import { CopyLine } from '@/app/(main)/hosts/copy-line'
import { RelativeTime } from '@/components/base/relative-time'
import { Note } from '@/components/show/finding'

/** A one-time link as it is handed out: shown once, in full. Nothing but its hash is kept. */
export function LinkOnce({ title, page, link }: { title: string; page: 'invite' | 'reset'; link: ShownLink }) {
  return (
    <Note status="ok" title={title} live>
      <CopyLine text={`${window.location.origin}/${page}#${link.token}`} label="the link" />
      <p className="mt-2">
        It is shown this once, and is good for one use; it ends <RelativeTime at={link.expiresAt.getTime()} />. Send it
        by a way that only its reader sees.
      </p>
    </Note>
  )
}

export interface ShownLink {
  token: string
  expiresAt: Date
}
