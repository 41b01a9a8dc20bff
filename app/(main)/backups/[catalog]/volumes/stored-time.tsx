import { RelativeTime } from '@/components/base/relative-time'
import { isNoTime, laterInstant } from '@/lib/catalog/rules'
import { CatalogTime } from '../catalog-time'

/** A time as the catalog stores it: "never" where none was ever written, "unknown" where it is no time of the calendar. */
export function StoredTime({ stored, zone, now }: { stored: string | null; zone: string; now?: number }) {
  if (isNoTime(stored)) return <span className="text-text-3">never</span>
  const at = laterInstant(stored, zone)
  if (at === null)
    return (
      <span className="text-text-3" title="The catalog stores something here that is no time.">
        unknown
      </span>
    )
  return now === undefined ? <RelativeTime at={at} still /> : <CatalogTime at={at} zone={zone} now={now} />
}
