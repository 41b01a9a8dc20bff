import { tellTime } from '@/components/base/tell-time'
import { sayTime } from '@/lib/catalog/rules/say'

/** A time to plan by, on the director's clock, with how far it is from now. */
export function CatalogTime({ at, zone, now }: { at: number | null; zone: string; now?: number }) {
  if (at === null) return <span className="text-text-3">unknown</span>
  const exact = sayTime(at, zone)
  return (
    <time dateTime={new Date(at).toISOString()} title={`${exact}, ${zone}`} className="nowrap">
      {exact}
      {now === undefined ? null : <span className="text-text-3"> {tellTime(at, now)}</span>}
    </time>
  )
}
