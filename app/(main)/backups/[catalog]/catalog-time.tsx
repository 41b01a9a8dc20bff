import { tellSpan, tellTime } from '@/components/base/tell-time'
import { sayTime } from '@/lib/catalog/rules/say'

const minuteMs = 60_000

/**
 * A time to plan by, on the director's clock, with how far it is from now. `due` rounds it up to the minute, as the sentence
 * of a verdict does, so that nobody comes too early by it.
 */
export function CatalogTime({
  at,
  zone,
  now,
  due = false,
}: {
  at: number | null
  zone: string
  now?: number
  due?: boolean
}) {
  if (at === null) return <span className="text-text-3">unknown</span>
  const told = due ? Math.ceil(at / minuteMs) * minuteMs : at
  const exact = sayTime(told, zone)
  return (
    <time dateTime={new Date(told).toISOString()} title={`${exact}, ${zone}`} className="nowrap">
      {exact}
      {now === undefined ? null : <span className="text-text-3"> {distance(told, now)}</span>}
    </time>
  )
}

// The date stands before it already, however far it lies ahead.
function distance(at: number, now: number): string {
  return at - now > 7 * 86_400_000 ? `in ${tellSpan((at - now) / 1000)}` : tellTime(at, now)
}
