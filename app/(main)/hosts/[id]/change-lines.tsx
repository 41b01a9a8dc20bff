import Link from 'next/link'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark } from '@/components/base/status-mark'
import type { HostChangeRow } from '@/lib/inventory/list-host-changes'
import { changeStatus } from '../../changes/change-words'

/** A host's changes as lines: how each ended, what it was, who asked. */
export function ChangeLines({ changes }: { changes: readonly HostChangeRow[] }) {
  return (
    <ul className="border-t border-line-strong">
      {changes.map((change) => (
        <Line key={change.id} change={change} />
      ))}
    </ul>
  )
}

function Line({ change }: { change: HostChangeRow }) {
  const { status, word } = changeStatus(change)
  return (
    <li className="flex items-start gap-3 border-b border-line py-2">
      <Mark status={status} className="mt-1" />
      <div className="min-w-0 flex-1">
        <Link className="font-medium hover:underline" href={`/changes/${change.id}`}>
          {change.title}
        </Link>
        <div className="text-12 text-text-3">
          #{change.id}, {word.toLowerCase()}; {change.askedBy}
        </div>
      </div>
      <span className="text-12 text-text-3">
        <RelativeTime at={(change.endedAt ?? change.askedAt).getTime()} short still />
      </span>
    </li>
  )
}
