import type { ReactNode } from 'react'
import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import type { Found, NotRead } from '@/lib/agent'

const whys: Readonly<Record<NotRead, string>> = {
  absent: 'The host has none',
  denied: 'The login may not read this',
  'timed-out': 'Not read: it took too long',
  failed: 'Not read: it failed',
  'no-program': 'Not read:',
  'cut-off': 'Not read: the reading ended before it',
}

/** A part of a host's facts under its heading; what was not read says so, with its own shape, and never looks empty. */
export function FoundSection<T>({
  title,
  note,
  right,
  found,
  ruled = true,
  children,
}: {
  title: string
  note?: (value: T) => ReactNode
  right?: ReactNode
  found: Found<T>
  ruled?: boolean
  children: (value: T) => ReactNode
}) {
  const isRead = found.state === 'read'
  return (
    <section className="min-w-0">
      <SectionHead title={title} note={isRead ? note?.(found.value) : null} right={right} ruled={ruled || !isRead} />
      {isRead ? children(found.value) : <NotReadLine why={found.why} detail={found.detail} />}
    </section>
  )
}

/** One line in the place of what could not be read. */
export function NotReadLine({ why, detail }: { why: NotRead; detail: string }) {
  return (
    <p className="py-2">
      <StatusMark status={why === 'absent' ? 'info' : 'unknown'}>
        {why === 'absent' && detail === 'not asked yet' ? 'Not asked yet' : whys[why]}
      </StatusMark>{' '}
      {detail && detail !== 'not asked yet' ? (
        <span className="text-12 text-text-3">
          <HostText text={detail} max={200} />
        </span>
      ) : null}
    </p>
  )
}
