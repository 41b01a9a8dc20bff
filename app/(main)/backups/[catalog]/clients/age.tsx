import { RelativeTime } from '@/components/base/relative-time'
import type { LastOf } from '@/lib/catalog/clients/client-jobs'

/** How long ago the last good backup ended: whole days from two on. `none` stands where the catalog has none. */
export function Age({ last, now, none = 'none' }: { last: LastOf | null; now: number; none?: string }) {
  if (last === null) return <span className="text-text-3">{none}</span>
  if (last.at === null) return <span className="text-text-3">unknown</span>
  const days = Math.floor((now - last.at) / 86_400_000)
  if (days < 2) return <RelativeTime at={last.at} still />
  return (
    <time
      className="time"
      dateTime={new Date(last.at).toISOString()}
      title={`${new Date(last.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`}
    >
      {days.toLocaleString('en')}
      <span className="unit">days</span>
    </time>
  )
}
