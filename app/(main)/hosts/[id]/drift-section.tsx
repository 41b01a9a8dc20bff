import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { StatusMark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import type { DriftItem } from '@/lib/changes/list-drift'

/** Where the host no longer is as a change left it; nothing at all when it is. */
export function DriftSection({ items }: { items: readonly DriftItem[] }) {
  if (items.length === 0) return null
  return (
    <section className="mb-6">
      <SectionHead title="No longer as it was left" note={items.length} ruled />
      <ul>
        {items.map((item) => (
          <li
            key={`${item.changeId} ${item.what}`}
            className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2"
          >
            <StatusMark status="warn">
              <HostText text={item.what} max={200} />
            </StatusMark>
            <span className="text-text-2">
              reads <HostText text={item.seen} max={200} />, was set to <HostText text={item.expected} max={200} /> by{' '}
              <LinkText href={`/changes/${item.changeId}`}>change #{item.changeId}</LinkText>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
