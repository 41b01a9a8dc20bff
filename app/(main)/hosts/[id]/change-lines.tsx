import Link from 'next/link'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark, type Status } from '@/components/base/status-mark'
import type { HostChangeRow } from '@/lib/inventory/list-host-changes'
import { outcomeMarks } from '../words'

/** A host's changes as lines: how each ended, what it was, who asked. */
export function ChangeLines({ changes }: { changes: readonly HostChangeRow[] }) {
  return (
    <ul className="border-t border-line-strong">
      {changes.map((change) => (
        <li key={change.id} className="flex items-start gap-3 border-b border-line py-2">
          <Mark status={markOf(change)} className="mt-1" />
          <div className="min-w-0 flex-1">
            <Link className="font-medium hover:underline" href={`/changes/${change.id}`}>
              {change.title}
            </Link>
            <div className="text-12 text-text-3">
              #{change.id}, {stateWord(change)}; {change.askedBy}
            </div>
          </div>
          <span className="text-12 text-text-3">
            <RelativeTime at={(change.endedAt ?? change.askedAt).getTime()} short still />
          </span>
        </li>
      ))}
    </ul>
  )
}

function markOf({ state, outcome }: HostChangeRow): Status {
  if (state === 'applying') return 'running'
  if (state === 'asked' || state === 'approved') return 'ask'
  if (state !== 'ended') return 'waiting'
  return outcomeMarks[outcome ?? ''] ?? 'info'
}

const words: Readonly<Record<string, string>> = {
  planned: 'planned',
  asked: 'waits for approval',
  scheduled: 'scheduled',
  queued: 'waits for its turn',
  approved: 'approved',
  applying: 'running',
  applied: 'applied and proved',
  'applied-unverified': 'applied, not proved',
  reverted: 'undone',
  'foreign-edit-kept': 'somebody else’s edit kept',
  split: 'split',
  'undo-failed': 'its undo failed',
  refused: 'refused',
  stale: 'stale',
  expired: 'expired',
  cancelled: 'cancelled',
}

function stateWord({ state, outcome }: HostChangeRow): string {
  const word = state === 'ended' ? (outcome ?? 'ended') : state
  return words[word] ?? word
}
